//! What stands around an error in the terminal.

super::words! { "terminal":
    error;
    cause;
    hint;
}
