# What errors and problems say. In English it is what the code says, word for word: by it a text is recognised.

## fetch
unreachable = `{ $url }` cannot be reached
no_safe_connection = `{ $url }` has no safe connection
no_such_host = the name in `{ $url }` cannot be looked up
not_in_full = `{ $url }` did not answer in full within { $after }
too_large = `{ $url }` is larger than { $limit }
cut_short = the answer of `{ $url }` is cut short
not_unpacked = the answer of `{ $url }` cannot be unpacked: { $why }
no_http = `{ $url }` does not answer in HTTP
redirects_no_place = `{ $url }` redirects without saying where
redirects_too_often = `{ $url }` redirects once too often: { $hops } redirects are followed
redirects_in_circle = `{ $url }` redirects in a circle
redirects_for_cookie = `{ $url }` redirects in a circle, and wants a cookie
redirects_nowhere = `{ $url }` redirects to `{ $to }`, which is no address
not_fetched_scheme = `{ $url }` is not fetched: expected an address that begins with `http://` or `https://`
not_fetched = `{ $url }` is not fetched: { $why }
robots_forbids = its robots.txt forbids it
no_robots = its robots.txt cannot be had: { $why }
robots_hint = `ignore-robots = true` in the feed file passes over it
gone = `{ $url }` is gone for good (410)
left_alone = `{ $url }` asks to be left alone for { $wait }
status = `{ $url }` answers { $status }
empty_page = `{ $url }` answers with an empty page
unexpected = `{ $url }` is not { $expected }: found { $found }
private = `{ $url }` leads to the private address `{ $address }`
private_hint = `allow-private = true` under `[fetch]` lets sources live there
no_certificate = `{ $path }` is no certificate: { $why }
ca_file_hint = if the portal is to be trusted, `ca-file` in its feed file names the certificate that is missing
name_server_silent = the name server does not answer
name_without_address = the name has no address

## plain causes
connection_refused = connection refused
connection_reset = the connection was reset
connection_closed = the connection was closed in mid-answer
no_answer = no answer in time
no_way_to_host = there is no way to this host
no_way_to_network = there is no way into this network
network_down = the network is down
address_in_use = the address is in use
no_such_address = this machine has no such address
permission_denied = permission denied
no_such_path = there is no such file or folder
no_such_file = there is no such file
disk_is_full = the disk is full
disk_read_only = the disk is read-only
a_folder = it is a folder
no_folder = a part of its path is no folder
unknown_issuer = its certificate was issued by nobody who is trusted here
other_name = its certificate is for another name
expired = its certificate has expired
no_such_name = there is no such name
no_name_server = no name server answers
no_tls = it does not speak TLS there
refused_tls = it refused the TLS connection
broke_tls = it broke the TLS connection off
bad_certificate = its certificate cannot be used
other_holds = another process holds the database
file_read_only = the file may not be written to
disk_fails = the disk cannot be read or written
file_closed = the file cannot be opened
file_damaged = the file is damaged

## polls
found_none = found no headlines
found_none_of = found 0 of usually { $usual } headlines
found_none_vacant = found 0 of usually { $usual } headlines, and their place is there and empty
unrelated = none of the known headlines is on the page any more, and what is there ({ $found }) does not look like them: nothing is published
leads_to_article = the list leads to `{ $url }` now, which is one of its own articles
unconfirmed_links = { $found } links look like headlines, and none of them leads to an article
older = only { $again } of usually { $usual } headlines are on the page, and older stories in their place: nothing is published until half of them are back
vanished = only { $again } of usually { $usual } headlines are on the page, in other places than before: nothing is published until half of them are back
vanished_vacant = only { $again } of usually { $usual } headlines are on the page, in other places than before, and their old place is empty: nothing is published until half of them are back
unverified = the page was rebuilt, and `{ $title }` could not be verified ({ $why }): nothing is published until it can
other_words = its page says something else
rebuilt_same_place = the page was rebuilt: { $again } of { $of } headlines were found again where they stood, among elements of other names, and verified on { $verified }
rebuilt = the page was rebuilt: { $again } of { $of } headlines were found again and verified on { $verified }
took_too_long = reading the page took more than { $limit } and was given up
reader_broke = the reader broke on this page: { $why }
article_unread = `{ $title }` could not be read: { $why }
further_page_unread = its page { $number } could not be read: { $why }
no_site_kind = the site's { $kind } could not be had: { $why }
future_date = its date lies in the future, so the time of first sight is used
hidden = `{ $url }` answers, and there is no article's text on it
silent_host = it was not asked, as its host wants to be left alone

## obstacles
scripts = scripts draw this page, and its headlines come with them
frames = this page only shows another one, and has no headlines of its own
frames_hint = `{ $url }` is the address of that page
login = the page asks for a login
challenge = the page checks for a browser (a cookie or a script), and shows nothing before that
maintenance = the site is under maintenance
parked = there is no site at this address, but a page of the domain's seller or of the server
is_article = this is the page of an article, and no list of headlines
bare = the page has no links but those of its menus
login_hint = give the address of a list that everybody may read, or send what a login gives with `headers` in the feed's file
challenge_hint = ask the portal's people to let Loa in, or send the cookie that a browser was given with `headers` in the feed's file
maintenance_hint = nothing is to be done: try again when the site is back
parked_hint = check the address: the site may have moved to another domain
article_hint = give the address of the list on which its headline stands
bare_hint = check the address: the list may be empty today, or be on another page
scripts_form_hint = they are in the page's data, without addresses: `link` in `[source.json]` says how an article's address is made, such as `link = "{ $form }"`, of { $names }
scripts_at_hint = they seem to come from `{ $url }`: give that address as `url` in `[source.json]`
scripts_named_hint = the page has data (`{ $name }`), and no list of headlines was found in them
scripts_look_hint = a browser's developer tools show under Network from where its scripts fetch them: give that address as `url` in `[source.json]`

## the reader
no_list = no list of headlines was found
no_article_text = no article text was found
time_unknown = time unknown
no_match = `{ $key }` `{ $selector }` matched nothing
silent_items = { $silent } of { $all } items have no title or no link
first_links = only the first { $count } links of the page were looked at
costly = the page costs more to read than pages of its size do: parts of it were left out
charset_unreadable = { $words } unreadable (read as `{ $charset }`)
charset_two = the server says `{ $server }` and the page `{ $page }`: read as `{ $charset }`
charset_wrong = said to be `{ $said }`, which it is not: read as `{ $charset }`
charset_none = no known charset is named: read as `{ $charset }` by its looks
charset_unknown = `{ $charset }` is no known charset
no_date = its page has no date, as those of the others have
no_page = its page does not exist
no_article = its page is not the article that the headline says
as_a_menu = it stands on the site's other pages too, as a menu does
others_are_none = the pages of others that stand alike are no articles
nothing_confirms = nothing on its page or on the list confirms that it is an article
on_other_pages = it stands on the site's other pages too
in_no_order = its stories are in no order of their dates, as those of the list are
come_round = old stories come round in it
taken_out = its feed's file takes it out
has_nothing = it has nothing of what the list's headlines have
other_section = it has another section's stories
other_heading = its heading says that it is something else
came_later = it came later, and has none of the list's headlines

## explained
short_text = its text is short
few_words_in_address = its address has few words
few_alike = few stand like it
no_overlap = its words are not in its address
no_heading = it is no heading
no_identifier = its address has no number or key
no_picture_beside = there is no picture beside it
no_date_beside = there is no date beside it
among_others = stands among links that are no headlines
scored_line = scored { $score }, the line is at { $line }
scored_floor = scored { $score }, and a list begins at { $floor }
comments_of = the comments of item { $place }
in_the_box = stands in the box “{ $name }”: { $why }
other_kind = of another kind than the best headlines, which are dated
no_letter = no letter in it
bare_date = nothing but a date
accompanies = accompanies item { $place } in its record
accompanies_better = accompanies a better headline in the same record
by_turns = comes by turns with better headlines
in_chrome = stands in the page's menu, head or foot
other_site = leads to another site
in_a_sentence = stands in a sentence
a_section = a section: others lie under its address
same_address = the same address as item { $place }
a_file = a file, and no page

## previews
nobody_confirms = { $found } links look like headlines, and no page of an article confirms one of them
mostly_none = { $refused } of { $all } links that look like headlines lead to no article
only_found = only { $count } found
undated = neither the list nor the articles say when anything was published
unfound = no headline on the page says `{ $words }`
no_room = there is no room for a temporary store
no_address = `{ $words }` is no address: expected one such as `{ $example }`
address_taken = the feed `{ $by }` has this address already: `{ $url }`
id_taken = the id `{ $id }` is taken: `{ $url }` is called so
id_taken_by_unusable = the id `{ $id }` is taken by a feed that cannot be used as it is defined
id_taken_meanwhile = the id `{ $id }` is taken
no_definition = `{ $feed }` has no definition that could be taken away
file_otherwise = `{ $path }` is there already and says something else
name_empty_folder = name an empty folder
is_no_folder = `{ $path }` is no folder
bad_feed_id = `{ $id }` cannot name a feed: expected 1 to 64 of `a`–`z`, `0`–`9` and `-`, beginning with a letter or digit, and not `all`
unwritten = cannot write `{ $path }`: { $why }
unwritten_bare = cannot write `{ $path }`
cannot_read = cannot read `{ $path }`
no_list_of_feeds = `{ $path }` is no list of feeds
no_xml = it is no XML: { $why }
no_outline = no `outline` in it has an `xmlUrl` or an `htmlUrl`
one_id = `--id` names one feed, and { $count } are asked for
shows_hint = `loa try { $by }` shows what it gives; its file is `{ $file }`
other_id_hint = `--id NAME` makes another feed; `loa try { $id }` shows what that one gives
name_it_hint = name it with `--id NAME`
example_hint = name one or two headlines of the page with `--example "…"`, or give the address of another page

## settings
unknown_key = unknown key `{ $key }`: expected one of { $keys }
unknown_key_here = unknown key `{ $key }`: expected no key here
missing_key = the key { $key } is missing
did_you_mean = did you mean `{ $word }`?
wrong_kind = wrong kind of value: { $found }, expected { $expected }
wrong_value = wrong value: { $found }, expected { $expected }
unknown_value = unknown value `{ $found }`, expected { $expected }
bad_duration = expected a duration such as `15m`, found `{ $found }`
bad_size = expected a size such as `10MB`, found `{ $found }`
bad_address = expected an address such as `{ $example }`, found `{ $found }`
bad_zone = expected a name such as `Asia/Ho_Chi_Minh`, found `{ $found }`
bad_chat = `{ $found }` is not a chat: expected `@name` or a number such as `{ $example }`
bad_hours = `{ $found }` is not a span of hours: expected one such as `22:00-06:00`
bad_selector = `{ $key }` is not a CSS selector: expected a selector, found `{ $found }`
too_short = expected `1m` or more
too_short_found = expected `1m` or more, found `{ $found }`
short_hint = shorter intervals are for private addresses only: { $key } in `bot.toml`
cannot_be_read = cannot be read: { $why }
config_hint = name another with `--config PATH`, or start from the `bot.toml` of the project
bad_token = the bot's token is not one: expected digits, `:` and letters, as @BotFather gives it
token_copy_hint = copy it again from @BotFather, whole: digits, a colon, letters
token_file_hint = `telegram.token-file` names a file that holds the token and nothing else
rename_file_hint = rename the file: its name is the feed's address
two_channels = two channels are named `{ $id }`
two_channels_hint = the id is the key of a channel's deliveries: give each its own
names_no_feed = channel `{ $channel }` names the feed `{ $id }`, and there is no feed of that name
all_feeds_hint = `"*"` stands for all feeds

## store
in_use = `{ $store }` is in use by another loa
in_use_hint = stop the other one, or give this one its own `[store] url`
newer = `{ $store }` was written by a newer loa (its format is { $found }, this one knows up to { $known })
newer_hint = install the newer loa again, or restore a copy made before; nothing was changed
damaged = `{ $store }` is damaged or is no loa database: { $why }
damaged_hint = move it away and restore a copy, or start with a new one; the file was not touched
missing = `{ $store }` does not exist yet
missing_hint = start `loa run` once; it makes the store
no_backup = `{ $file }` cannot be restored: { $why }
no_backup_hint = `loa backup FILE` makes a file that can be; nothing was changed
there_already = `{ $file }` is there already
there_already_hint = name a new file; nothing was written
not_copied = a copy could not be written to `{ $file }`
not_copied_hint = check that its folder exists and may be written to, and that the disk has room
not_opened = cannot open `{ $store }`
not_opened_hint = check that the folder exists and may be written to
store_failed = the store failed
unreachable_store = `{ $store }` does not answer
unreachable_store_hint = check that the server runs there, and what `[store] url` says of it
refused_by_store = `{ $store }` refuses loa: { $why }
refused_by_store_hint = check the name, the password and the database in `[store] url`, `password-file` and PGPASSWORD
role_without_rights = the role of `{ $store }` may not do what loa needs: { $why }
role_without_rights_hint = make it the owner of the database, or of a schema of its own
old_server = `{ $store }` is PostgreSQL { $found }
old_server_hint = loa needs PostgreSQL 15 or newer
older_format = `{ $store }` was written by an older loa (its format is { $found }, this one needs { $known })
older_format_hint = start `loa run` once; it brings it up to date
foreign = `{ $store }` holds the tables of another program
foreign_hint = give loa a database of its own, or a schema: `?options=-csearch_path%3Dloa`
other_settings = another worker on `{ $store }` has other settings of { $what }
other_settings_hint = give all workers the same `bot.toml`, or this one a store of its own; stop all before you change it
not_empty_store = `{ $store }` is not empty
not_empty_store_hint = name a new file, or an empty database or schema; nothing was written
same_store = everything is in `{ $store }` already
same_store_hint = name another file, or another database or schema; nothing was changed
not_alike_store = what was moved to `{ $store }` reads otherwise there, in the table `{ $table }`
not_alike_store_hint = nothing of it was kept; the store of before is as it was
no_file_store = `{ $store }` is no file: { $what } is for a store in a file
no_file_store_hint = use `pg_dump` and `pg_restore`, or `loa move` it into a file
store_away = the store does not answer
store_busy = the store was asked for too much at once

## commands
no_feed = there is no feed `{ $id }`
the_feeds_hint = the feeds are { $known }
no_channel = there is no channel `{ $id }`
no_delivery = there is no delivery { $id }
wrong_state = delivery { $id } is `{ $state }`: expected { $states }
lists_hint = `loa status` lists them
lists_deliveries_hint = `loa deliveries` lists them
no_article_yet = `{ $feed }` has no article yet
no_articles_yet = `{ $feed }` has no articles yet
poll_now_hint = `loa poll { $feed }` polls it now
poll_all_hint = `loa run --once --now` looks at every feed
unusable = the file of `{ $id }` cannot be used as it is
unusable_unpolled = the file of `{ $id }` cannot be used as it is, so it is not polled
check_says_hint = `loa check` says what is wrong with it
name_taken = there is a feed `{ $id }` already, or there was one
other_name_hint = choose another name
such_as_hint = such as `{ $example }`
no_article_at = no feed has an article at `{ $url }`
reread_hint = `loa reread FEED` reads the newest articles of a feed again; `loa status` lists the feeds
no_full_text = `{ $id }` keeps what its list says, as its file has `full-text = false`
no_full_text_hint = take that line out: then articles are read
daemon_unheard = the daemon cannot be asked
daemon_gone = the daemon went away before it answered
daemon_unreadable = the daemon's answer cannot be read: it is of another version
daemon_knows_not = the daemon does not know this command
daemon_knows_not_hint = it is of another version: restart it
cannot_listen = cannot listen on `{ $address }`
cannot_listen_hint = another program may use it; `[web] listen` names another address
no_command = there is no command `{ $name }`
help_hint = `loa --help` lists them

## deliveries
none_reached = none of these can be reached: { $hosts }
not_sent = not sent: { $why }
answer_lost = the answer was lost: { $why }
asks_to_wait = the other side asks to wait { $seconds } s
message_refused = the message was refused: { $why }
picture_refused = the picture was refused: { $why }
chat_closed = the chat is closed to the bot: { $why }
chat_moved = the chat has moved to { $to }
token_refused = the bot's token is refused: { $why }
cannot_look_for = sends cannot be looked for by way of the ops chat: { $why }
not_found_out = whether it was said could not be found out: { $why }
taken_over = another loa took the delivery over
removed = the bot was removed from the chat, or may not post there any more

## how headlines are found
repetition = repetition
selectors = selectors
data = data
of_text = text

## templates
line_of_template = line { $line }: { $why }
template_html = its result is not Telegram HTML: { $why }
template_empty = its result says nothing
template_long = its result has { $found } characters: expected at most { $limit }

## what was learned
headings_in = headings in { $place }
links_in = links in { $place }
addresses_look = their addresses look like { $forms }
no-state = `{ $state }` is no state: expected { $states }

## documents
document_not_had = its document could not be had: { $why }
document_unread = its document could not be read: { $why }
document_unknown = it is neither a PDF nor a DOCX document
document_locked = it cannot be opened without a password
document_pictures = it has no text: its pages are pictures
document_too_large = it unpacks to more than documents of its kind do
document_damaged = it is damaged
