none = no deliveries
id = ID
channel = CHANNEL
state = STATE
queued = QUEUED
title = TITLE
state_name = { $state }
unclear = unknown: it may have been sent or not, so look into the channel; `loa deliveries retry { $id }` sends it again, `loa deliveries drop { $id }` gives it up
queued_again = delivery { $id } is queued again
dropped = delivery { $id } will not be sent
all_queued_again = { $count ->
    [one] 1 delivery is queued again
   *[other] { $count } deliveries are queued again
}
all_dropped = { $count ->
    [one] 1 delivery will not be sent
   *[other] { $count } deliveries will not be sent
}
