"""Alongside: a keyworking service and dynamic support register for children and young people."""
