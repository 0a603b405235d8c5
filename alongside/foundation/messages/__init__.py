"""Messages: what somebody is told. The inbox is the truth; e-mail, text message and letter only lead to it."""
