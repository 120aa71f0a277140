"""A copy of a workbook with the wrong cells marked: a file and notes on its cells enter, the bytes of the copy leave."""
