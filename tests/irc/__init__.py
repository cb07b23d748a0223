"""The link: what goes over the wire, registering, and life on real servers."""
