welcome = Loa watches a page of headlines, makes feeds of it, and tells a Telegram channel what is new.
    A few questions; Enter alone takes what stands in brackets or passes on, Ctrl-C ends it.
no_terminal = here nobody can be asked
which_page = Which page lists the headlines? Its address:
nothing_added = no page, so there is nothing to watch
private_address = This address is on this machine or in a private network. May Loa ask such addresses?
written = written: { $path }
serving = The feeds are served now:
as_message = The newest article, as a message:
token = To tell a Telegram channel, a bot is needed: in Telegram, write /newbot to @BotFather; it answers with a token.
    The token (Enter: feeds only, for now):
token_bad = This is no token: it is digits, a colon and letters, as @BotFather wrote it.
bot_is = This is @{ $name }.
bot_fails = Telegram does not take it: { $why }
channel = Now make @{ $name } an administrator of your channel and post anything there, or forward a post from it to the bot.
    Waiting for it (Enter: later) …
heard_channel = Found “{ $title }”. Is this the channel?
may_not_post = The bot may not post in “{ $title }” yet: make @{ $name } an administrator with the right to post, and post again. Waiting (Enter: later) …
heard_person = “{ $title }” wrote to the bot. Are alarms to go there?
ops_chat = Alarms go to “{ $title }”.
post_now = Post “{ $title }” there now?
posted = Posted: { $title }
not_posted = It could not be posted: { $why }
skipped_bot = Without a bot there are feeds only. `loa init` asks again.
goes_on = Done in { $seconds } s. Loa runs: it polls the page, serves the feeds and tells what is new. Ctrl-C ends it; `loa` starts it again.
