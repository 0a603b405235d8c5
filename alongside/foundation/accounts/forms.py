"""The sign-in form in our words. Who may sign in is decided by the library that it comes from."""

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):
    """Email address and password. A wrong pair never tells which of the two was wrong."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        email, password = self.fields["login"], self.fields["password"]
        email.label, password.label = "Email address", "Password"
        email.error_messages |= {
            "required": "Enter your email address",
            "invalid": "Enter an email address in the correct format, like name@example.com",
        }
        password.error_messages["required"] = "Enter your password"
        for field in (email, password):
            field.widget.attrs.pop("placeholder", None)
            field.help_text = ""
