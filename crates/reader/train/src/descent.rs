//! The weights at which a smooth loss is least: gradient descent with momentum, its steps as long as they help.

/// Steps at most, and the improvement below which no more are taken.
const STEPS: usize = 2_000;
const STILL: f64 = 1e-9;

/// From `start` on; `loss` gives its value and its slope.
pub fn least<const N: usize>(start: [f64; N], loss: impl Fn(&[f64; N]) -> (f64, [f64; N])) -> [f64; N] {
    let mut weights = start;
    let mut ahead = start;
    let (mut value, _) = loss(&weights);
    let (mut step, mut momentum) = (1.0_f64, 0.0_f64);
    for _ in 0..STEPS {
        let (from, slope) = loss(&ahead);
        let steepness: f64 = slope.iter().map(|slope| slope * slope).sum();
        let moved = |step: f64| std::array::from_fn(|at| ahead[at] - step * slope[at]);
        let mut next = moved(step);
        let mut reached = loss(&next).0;
        while reached > from - 0.5 * step * steepness && step > 1e-12 {
            step /= 2.0;
            next = moved(step);
            reached = loss(&next).0;
        }
        if reached > value {
            // The momentum has carried it uphill.
            if momentum == 0.0 {
                break;
            }
            (ahead, momentum) = (weights, 0.0);
            continue;
        }
        if value - reached < STILL * value.abs() && momentum == 0.0 {
            return next;
        }
        let keeps = momentum / (momentum + 3.0);
        ahead = std::array::from_fn(|at| next[at] + keeps * (next[at] - weights[at]));
        momentum = if value - reached < STILL * value.abs() { 0.0 } else { momentum + 1.0 };
        if momentum == 0.0 {
            ahead = next;
        }
        (weights, value) = (next, reached);
        step *= 1.2;
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_valley_is_followed_to_its_end() {
        let found = least([5.0, 5.0], |[a, b]| {
            let (one, other) = (a - 1.0, b + 2.0);
            (one * one + 100.0 * other * other, [2.0 * one, 200.0 * other])
        });
        assert!((found[0] - 1.0).abs() < 1e-3 && (found[1] + 2.0).abs() < 1e-3, "{found:?}");
    }
}
