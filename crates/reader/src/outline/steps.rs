//! A page laid flat, step by step: where elements begin and end, and the pieces of text between.

use super::{Outline, Piece};

/// One step through a page.
pub enum Step<'o, 'd> {
    Begin(usize),
    Text(&'o Piece<'d>),
    End(usize),
}

struct Steps<'o, 'd> {
    outline: &'o Outline<'d>,
    /// The next element that has not begun, and the next piece of text.
    element: usize,
    piece: usize,
    /// Where the last element ends.
    end: usize,
    open: Vec<usize>,
}

impl<'d> Outline<'d> {
    /// From where the element `root` begins to where it ends.
    pub fn steps(&self, root: usize) -> impl Iterator<Item = Step<'_, 'd>> {
        let piece = self.pieces.partition_point(|piece| piece.before <= root);
        Steps { outline: self, element: root, piece, end: self.elements[root].end, open: Vec::new() }
    }
}

impl<'o, 'd> Iterator for Steps<'o, 'd> {
    type Item = Step<'o, 'd>;

    fn next(&mut self) -> Option<Step<'o, 'd>> {
        let Some(innermost) = self.open.last().copied() else { return self.begin_root() };
        let piece = self.outline.pieces.get(self.piece).filter(|piece| piece.before == self.element);
        if let Some(piece) = piece
            && piece.parent == Some(innermost)
        {
            self.piece += 1;
            return Some(Step::Text(piece));
        }
        let is_next_inside = self.element < self.end && self.outline.elements[self.element].parent == Some(innermost);
        if piece.is_none() && is_next_inside {
            return Some(self.begin());
        }
        self.open.pop();
        if self.open.is_empty() {
            self.element = self.end;
        }
        Some(Step::End(innermost))
    }
}

impl<'o, 'd> Steps<'o, 'd> {
    fn begin_root(&mut self) -> Option<Step<'o, 'd>> {
        (self.element < self.end).then(|| self.begin())
    }

    fn begin(&mut self) -> Step<'o, 'd> {
        let at = self.element;
        self.open.push(at);
        self.element += 1;
        Step::Begin(at)
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::tree;

    #[test]
    fn the_steps_are_those_of_the_tree() {
        let document = tree::parse("<body>a<p>b <b>c</b><br>d</p><script>e</script>f<!-- g -->").unwrap();
        let outline = Outline::of(&document, &Url::parse("https://a.vn/").unwrap(), 0);
        let body = (0..outline.elements.len()).find(|at| outline.name(*at) == "body").unwrap();
        let steps = outline.steps(body).map(|step| match step {
            Step::Begin(at) => format!("<{}>", outline.name(at)),
            Step::Text(piece) => piece.node.text().to_string(),
            Step::End(at) => format!("</{}>", outline.name(at)),
        });
        assert_eq!(steps.collect::<String>(), "<body>a<p>b <b>c</b><br></br>d</p><script></script>f</body>");
    }
}
