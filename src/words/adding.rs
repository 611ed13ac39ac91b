//! What `add`, `try` and `init` show of a page: its headlines, what is in doubt, what became of it.

super::words! { "adding":
    headlines(count: usize, list: &str);
    no_date;
    has_picture;
    left_out;
    asked_later;
    more(count: usize);
    page_box;
    box_in;
    box_out;
    boxes_hint;
    problem;
    hint;
    published;
    author;
    lead;
    image;
    text;
    text_length(paragraphs: usize, characters: usize);
    title;
    updated;
    language;
    site;
    // Progress.
    asked(asked: usize, all: usize);
    // What became of it.
    which(number: usize, of: usize, address: &str);
    written(path: &str);
    not_written;
    not_written_as(why: &str);
    not_wanted;
    address;
    found;
    became;
    summed_up(written: usize, of: usize);
    // An article's address.
    an_article(title: &str, list: &str);
    an_article_perhaps(title: &str, list: &str, count: usize);
    add_list_hint(list: &str);
    add_list_yes_hint(list: &str);
    try_list_hint(list: &str);
    // Where only a person may decide.
    yes_hint;
    grave_hint;
    nothing_named(what: &str);
    nothing_named_hint;
    // Questions.
    this_is_an_article(title: &str);
    stands_on(list: &str, others: usize);
    may_be_on(list: &str, count: usize);
    watch_that;
    several_lists;
    choice(name: &str, count: usize);
    which_wanted(usual: &str);
    expected_numbers(most: usize);
    in_doubt(doubt: &str);
    write_anyway;
    usually_yes;
    usually_no;
    // Explained.
    certainty;
    date;
    date_from;
    found_by;
    its_page;
    looked_like(count: usize);
    other_links(count: usize);
}
