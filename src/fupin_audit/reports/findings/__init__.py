"""An audit shown: on the screen, as a workbook, for machines."""
