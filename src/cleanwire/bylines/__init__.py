"""Bylines, dates, datelines and agency sign-offs: what one line says of them."""
