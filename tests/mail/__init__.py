"""Mail, through a real SMTP server."""
