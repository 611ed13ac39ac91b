never = never
now = now
ago = { $length } ago
ahead = in { $length }
seconds = { $count } s
minutes = { $count } min
hours = { $count } h
days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
