//! What is wrong with the words that a command was called with.

super::words! { "usage":
    unknown_option(it: &str);
    superfluous(it: &str);
    unknown_command(it: &str);
    unknown_value(value: &str, it: &str);
    refused_value(value: &str, it: &str, why: &str);
    no_number(value: &str, it: &str);
    no_value(it: &str);
    too_many_values(it: &str, value: &str);
    conflict(it: &str, other: &str);
    once(it: &str);
    missing(what: &str);
    no_command;
    not_unicode;
    values(values: &str);
    similar(it: &str);
    see_help(command: &str);
}
