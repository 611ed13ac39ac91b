feed = feed
page = page
from_folder = { $count } { $count ->
    [one] feed
   *[other] feeds
}, each defined by a file in `feeds/`
from_store = { $count } { $count ->
    [one] feed
   *[other] feeds
}, defined in the store
exported = { $count } { $count ->
    [one] definition
   *[other] definitions
} written into `{ $folder }`
same_there = { $count } { $count ->
    [one] was
   *[other] were
} there already
