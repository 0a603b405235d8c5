"""Who acts: actors, their accounts, and the roles they hold."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from alongside.foundation import clock
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models_invitations import EntryCode, FamilyAccount, Invitation
from alongside.foundation.accounts.protection import AccountRows, ActorRows, RoleRows
from alongside.foundation.organisations.models import Organisation, Team

__all__ = ["Actor", "EntryCode", "FamilyAccount", "Invitation", "RoleHeld", "User"]


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email))
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A way to sign in. Says nothing about what its holder may see: that is the actor's roles."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=clock.now)
    # Given out by whoever made the account; its holder chooses another before anything else.
    password_is_temporary = models.BooleanField(default=False)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    objects = UserManager()
    protection = AccountRows()

    def __str__(self) -> str:
        return self.email


class Actor(models.Model):
    """Whoever acts or owns something: a person with an account, one without, or a named machine identity."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        ENGINE = "engine", "The rules engine"
        JOB = "job", "A named job"
        FAMILY = "family", "A young person or somebody of their family"

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PERSON)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True)
    cast_key = models.SlugField(max_length=30, null=True, blank=True, unique=True)
    about = models.CharField(max_length=200, blank=True)
    left_on = models.DateField(null=True, blank=True)

    protection = ActorRows(write_by=("manager", "coordinator", "admin"), changed_by=("admin",))

    class Meta:
        constraints = [
            models.UniqueConstraint("kind", condition=Q(kind="engine"), name="actor_engine_once"),
        ]

    def __str__(self) -> str:
        return self.name


class RoleHeld(models.Model):
    """A role that an actor holds in an area (an ICB, or a region for the regional viewer), from a day to a day."""

    actor = models.ForeignKey(Actor, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=24, choices=Role)
    area = models.ForeignKey(Organisation, models.PROTECT, related_name="roles_held")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="members")
    holds_inbox = models.BooleanField(default=False)
    # Named to keep what stays of a record whose agreement was refused or withdrawn.
    custodian = models.BooleanField(default=False)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    protection = RoleRows(write_by=("admin",), area="area_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")),
                name="role_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["actor"], name="role_of_actor"),
            models.Index(fields=["team"], name="role_in_team"),
        ]
