"""How text and files are written: the doors of rich and XlsxWriter, and files that appear whole or not at all."""
