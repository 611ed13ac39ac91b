//! Code as the checks see it: what a file of a package mentions, parsed by `syn`, with every name resolved.
//!
//! A mention is a whole path: `disk::read` after `use std::fs as disk` is `std::fs::read`, and `super::store::Store` in
//! `jobs/poll.rs` is `crate::jobs::store::Store`. What is compiled for tests only is left out. The inside of a macro is
//! tokens: paths are read from them as well, without knowing what the macro makes of them.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, File, ImplItem, Item, ItemMod, TraitItem, UseTree,
    visit::{self, Visit},
};

/// Renamings of a renamed name that are followed.
const MOST_RENAMES: usize = 8;

/// A file of a package.
#[derive(Debug, Default)]
pub struct Source {
    /// What its first paragraph says that it is for.
    pub caption: String,
    /// The modules down to it; empty for the root.
    pub module: Vec<String>,
    /// Everything that it mentions.
    pub mentions: BTreeSet<Mention>,
    /// Its functions, with how many parameters they have beside `self`.
    pub functions: Vec<(String, usize)>,
}

/// Something that code mentions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mention {
    /// Of this package, from its root.
    Own(Vec<String>),
    /// Of another package or of the standard library.
    Outside(Vec<String>),
    /// A macro that is called by its bare name.
    Macro(String),
    /// `async`, or `.await`.
    Async,
}

impl Mention {
    /// The path as it would be written in full.
    pub fn words(&self) -> String {
        match self {
            Self::Own(path) => format!("crate::{}", path.join("::")),
            Self::Outside(path) => path.join("::"),
            Self::Macro(name) => format!("{name}!"),
            Self::Async => "async".to_owned(),
        }
    }

    /// The module of this package that is meant.
    pub fn own_module(&self) -> Option<&str> {
        match self {
            Self::Own(path) => path.first().map(String::as_str),
            _ => None,
        }
    }

    /// The other package that is meant.
    pub fn package(&self) -> Option<&str> {
        match self {
            Self::Outside(path) => path.first().map(String::as_str),
            _ => None,
        }
    }
}

/// The files of the package whose sources are in `folder`, by their path there; `packages` are those that it depends
/// on.
pub fn read(folder: &Path, packages: &BTreeSet<String>) -> BTreeMap<String, Source> {
    let mut sources = BTreeMap::new();
    let mut tests = Vec::new();
    for path in rust_files(folder) {
        let name = path.strip_prefix(folder).unwrap().display().to_string();
        let text = fs::read_to_string(&path).unwrap();
        let parsed = parse(&text, module_of(&name), packages).unwrap_or_else(|error| panic!("{name}: {error}"));
        tests.extend(parsed.test_modules);
        sources.insert(name, parsed.source);
    }
    sources.retain(|_, source| !tests.iter().any(|test| source.module.starts_with(test)));
    assert!(!sources.is_empty(), "no code in {}", folder.display());
    sources
}

/// Every `.rs` file under `folder`, in order.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
    found
}

/// `jobs/poll/read.rs` is `jobs::poll::read`, `jobs/mod.rs` is `jobs`, `lib.rs` the root.
fn module_of(path: &str) -> Vec<String> {
    let stem = path.trim_end_matches(".rs");
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    if matches!(stem, "lib" | "main") { Vec::new() } else { stem.split('/').map(str::to_owned).collect() }
}

/// A file that was parsed.
pub struct Parsed {
    pub source: Source,
    /// Modules in files of their own that are compiled for tests only.
    test_modules: Vec<Vec<String>>,
}

/// What the `text` of a module mentions.
pub fn parse(text: &str, module: Vec<String>, packages: &BTreeSet<String>) -> syn::Result<Parsed> {
    let file = syn::parse_file(text)?;
    let caption: Vec<&str> = text.lines().map_while(|line| line.strip_prefix("//! ")).map(str::trim).collect();
    let caption = caption.join(" ");
    let mut reader = Reader {
        packages,
        module: module.clone(),
        scopes: Vec::new(),
        mentions: BTreeSet::new(),
        functions: Vec::new(),
        test_modules: Vec::new(),
    };
    reader.visit_file(&file);
    let source = Source { caption, module, mentions: reader.mentions, functions: reader.functions };
    Ok(Parsed { source, test_modules: reader.test_modules })
}

/// Walks a file and notes what it mentions.
struct Reader<'a> {
    packages: &'a BTreeSet<String>,
    module: Vec<String>,
    /// What names mean, the innermost scope last.
    scopes: Vec<HashMap<String, Vec<String>>>,
    mentions: BTreeSet<Mention>,
    functions: Vec<(String, usize)>,
    test_modules: Vec<Vec<String>>,
}

impl Reader<'_> {
    /// Notes a path as it is written. A single word is a variable, unless it was imported.
    fn mention(&mut self, path: Vec<String>) {
        if path.len() > 1 || self.scopes.iter().any(|scope| scope.contains_key(&path[0])) {
            self.mentions.extend(self.resolve(path, 0));
        }
    }

    /// What a path means; nothing for what is local or comes from the prelude.
    fn resolve(&self, mut path: Vec<String>, renamed: usize) -> Option<Mention> {
        let first = path.first()?.clone();
        match first.as_str() {
            "crate" | "$crate" => Some(Mention::Own(path.split_off(1))),
            "self" | "super" => {
                let mut own = self.module.clone();
                let mut rest = path.into_iter().peekable();
                while let Some(step) = rest.next_if(|step| step == "self" || step == "super") {
                    if step == "super" {
                        own.pop();
                    }
                }
                own.extend(rest);
                Some(Mention::Own(own))
            }
            _ => {
                // `use sqlx;` makes a name stand for itself.
                let meant = self.scopes.iter().rev().find_map(|scope| scope.get(&first));
                let meant = meant.filter(|meant| renamed < MOST_RENAMES && **meant != [first.clone()]);
                if let Some(meant) = meant {
                    let meant = meant.iter().cloned().chain(path.split_off(1)).collect();
                    return self.resolve(meant, renamed + 1);
                }
                let is_outside = matches!(first.as_str(), "std" | "core" | "alloc") || self.packages.contains(&first);
                is_outside.then_some(Mention::Outside(path))
            }
        }
    }

    /// The names that `items` bring into scope: what is imported, and modules that stand below.
    fn scope<'i>(&self, items: impl Iterator<Item = &'i Item>) -> HashMap<String, Vec<String>> {
        let mut scope = HashMap::new();
        for item in items.filter(|item| !is_for_tests(attributes(item))) {
            match item {
                Item::Use(import) => {
                    for (name, path) in imports(&import.tree) {
                        scope.insert(name, path);
                    }
                }
                Item::ExternCrate(outside) => {
                    let name = outside.rename.as_ref().map_or(&outside.ident, |(_, name)| name);
                    scope.insert(name.to_string(), vec![outside.ident.to_string()]);
                }
                Item::Mod(module) => {
                    let path = ["self".to_owned(), module.ident.to_string()];
                    scope.insert(module.ident.to_string(), path.to_vec());
                }
                _ => (),
            }
        }
        scope
    }

    /// Paths, macros and keywords among the tokens of a macro.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |at: usize, mark: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == mark);
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(ident) if *ident == "async" || *ident == "await" => {
                    self.mentions.insert(Mention::Async);
                }
                TokenTree::Ident(ident) => {
                    let mut path = vec![ident.to_string()];
                    while is(at + 1, ':') && is(at + 2, ':') {
                        let Some(TokenTree::Ident(next)) = tokens.get(at + 3) else { break };
                        path.push(next.to_string());
                        at += 3;
                    }
                    if path.len() == 1 && is(at + 1, '!') && !is(at + 2, '=') {
                        self.mentions.insert(Mention::Macro(path[0].clone()));
                    }
                    self.mention(path);
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => (),
            }
            at += 1;
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_file(&mut self, file: &'ast File) {
        self.scopes.push(self.scope(file.items.iter()));
        visit::visit_file(self, file);
        self.scopes.pop();
    }

    fn visit_item(&mut self, item: &'ast Item) {
        if is_for_tests(attributes(item)) {
            if let Item::Mod(ItemMod { content: None, ident, .. }) = item {
                self.test_modules.push([self.module.clone(), vec![ident.to_string()]].concat());
            }
            return;
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let attributes = match item {
            ImplItem::Fn(function) => &function.attrs,
            ImplItem::Const(constant) => &constant.attrs,
            _ => return visit::visit_impl_item(self, item),
        };
        if !is_for_tests(attributes) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_trait_item(&mut self, item: &'ast TraitItem) {
        if !matches!(item, TraitItem::Fn(function) if is_for_tests(&function.attrs)) {
            visit::visit_trait_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        module.attrs.iter().for_each(|attribute| self.visit_attribute(attribute));
        let Some((_, items)) = &module.content else { return };
        self.module.push(module.ident.to_string());
        self.scopes.push(self.scope(items.iter()));
        items.iter().for_each(|item| self.visit_item(item));
        self.scopes.pop();
        self.module.pop();
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        let items = block.stmts.iter().filter_map(|statement| if let syn::Stmt::Item(item) = statement { Some(item) } else { None });
        self.scopes.push(self.scope(items));
        visit::visit_block(self, block);
        self.scopes.pop();
    }

    fn visit_item_use(&mut self, import: &'ast syn::ItemUse) {
        for (_, path) in imports(&import.tree) {
            self.mentions.extend(self.resolve(path, 0));
        }
    }

    fn visit_item_extern_crate(&mut self, outside: &'ast syn::ItemExternCrate) {
        self.mentions.insert(Mention::Outside(vec![outside.ident.to_string()]));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.mention(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if let Some(name) = call.path.get_ident() {
            self.mentions.insert(Mention::Macro(name.to_string()));
        }
        visit::visit_macro(self, call);
        self.tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        visit::visit_attribute(self, attribute);
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
        if attribute.path().is_ident("path") {
            // A module from another folder would be read under a wrong name.
            self.mentions.insert(Mention::Macro("path".to_owned()));
        }
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        if signature.asyncness.is_some() {
            self.mentions.insert(Mention::Async);
        }
        let parameters = signature.inputs.iter().filter(|input| matches!(input, syn::FnArg::Typed(_))).count();
        self.functions.push((signature.ident.to_string(), parameters));
        visit::visit_signature(self, signature);
    }

    fn visit_expr(&mut self, expression: &'ast syn::Expr) {
        let is_async = match expression {
            syn::Expr::Async(_) | syn::Expr::Await(_) => true,
            syn::Expr::Closure(closure) => closure.asyncness.is_some(),
            _ => false,
        };
        if is_async {
            self.mentions.insert(Mention::Async);
        }
        visit::visit_expr(self, expression);
    }
}

/// Every name that a `use` brings, and the path that it stands for. A `*` brings names nobody can see here: only the
/// path.
fn imports(tree: &UseTree) -> Vec<(String, Vec<String>)> {
    fn walk(tree: &UseTree, before: &[String], found: &mut Vec<(String, Vec<String>)>) {
        let with = |name: &syn::Ident| {
            let mut path = before.to_vec();
            if *name != "self" || before.is_empty() {
                path.push(name.to_string());
            }
            path
        };
        match tree {
            UseTree::Path(path) => walk(&path.tree, &with(&path.ident), found),
            UseTree::Name(name) => {
                let path = with(&name.ident);
                found.push((path.last().cloned().unwrap_or_default(), path));
            }
            UseTree::Rename(rename) => found.push((rename.rename.to_string(), with(&rename.ident))),
            UseTree::Glob(_) => found.push(("*".to_owned(), before.to_vec())),
            UseTree::Group(group) => group.items.iter().for_each(|tree| walk(tree, before, found)),
        }
    }
    let mut found = Vec::new();
    walk(tree, &[], &mut found);
    found
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Ident>().is_ok_and(|condition| condition == "test")
    })
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::ExternCrate(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
