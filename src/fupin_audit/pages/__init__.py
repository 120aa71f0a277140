"""The catalogue as documentation: rules and ledgers as Markdown pages, functions of what is declared."""
