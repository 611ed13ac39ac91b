headlines = { $count ->
    [one] 1 headline
   *[other] { $count } headlines
} at { $list }
no_date = no date
has_picture = ▣ has a picture
left_out = left out
asked_later = asked again later
more = { $count } more
page_box = box
box_in = in
box_out = out
boxes_hint = `boxes-in = ["…"]` or `boxes-out = ["…"]` under `[source.page]` takes a box in or out, by the name shown
problem = problem
hint = hint
published = published
author = author
lead = lead
image = image
text = text
text_length = { $paragraphs ->
    [one] 1 paragraph
   *[other] { $paragraphs } paragraphs
}, { $characters } characters
asked = { $asked } of { $all } headlines
which = [{ $number } of { $of }] { $address }
written = written: { $path }
not_written = not written
not_written_as = not written: { $why }
not_wanted = it was not wanted
address = ADDRESS
found = HEADLINES
became = WHAT BECAME OF IT
summed_up = { $written } of { $of } written
an_article = this is an article: `{ $title }`; its headline stands on { $list }
an_article_perhaps = this is an article: `{ $title }`; its list may be { $list }, with { $count } headlines
add_list_hint = `loa add { $list }` adds that list
add_list_yes_hint = `loa add { $list }` adds that list, and so does `--yes`
try_list_hint = `loa try { $list }`
yes_hint = `--yes` writes it all the same; `--example "a headline"` says what is wanted
grave_hint = `--example "a headline"` says what is wanted; or give the address of another list; on a terminal `loa add` asks
nothing_named = `{ $what }` is no address, no feed’s file and no feed’s id
nothing_named_hint = `loa try https://portal.example/tin-tuc`
this_is_an_article = This is an article: “{ $title }”.
stands_on = Its headline stands on { $list }, with { $others } others.
may_be_on = Its list may be { $list }, which has { $count } headlines, though not this one.
watch_that = Watch that page instead?
several_lists = Several lists stand on this page:
choice = { $name }, { $count ->
    [one] 1 headline
   *[other] { $count } headlines
}
which_wanted = Which are wanted, by their numbers? [{ $usual }]
expected_numbers = expected numbers from 1 to { $most }
in_doubt = in doubt: { $doubt }
write_anyway = Write the feed’s file all the same?
usually_yes = [Y/n]
usually_no = [y/N]
certainty = certainty
date = date
date_from = date from
found_by = found by
its_page = its page
looked_like = { $count ->
    [one] 1 link
   *[other] { $count } links
} that looked like headlines
other_links = { $count ->
    [one] 1 other link
   *[other] { $count } other links, the nearest to a headline first
}
title = title
updated = updated
language = language
site = site
