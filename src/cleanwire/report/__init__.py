"""The review of what cleaning changed: values, risks, pages in HTML, and formats for other programs."""
