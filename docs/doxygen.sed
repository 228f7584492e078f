# What Doxygen sees of a header. It takes `inline` in a nested namespace for a part of the name,
s/^namespace hallmark::inline v0/namespace hallmark/
# and `<` in a comment for the start of an HTML tag; there it is a sign. Text in backquotes and indented code stay.
/^ *\/\/\/ [^ `]/{
/`/!s/</\\</g
}
