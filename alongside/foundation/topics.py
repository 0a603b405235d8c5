"""What a fact is about. Consent, sharing and record scope are decided topic by topic.

The numbers are stored: never reuse one. They stay below 64, because row-level security packs a
person and a topic into one number (see `access/sql/functions.sql`).
"""

from django.db import models


class Topic(models.IntegerChoices):
    IDENTITY = 1, "Who they are"
    CONTACT = 2, "Where they live and how to reach them"
    COMMUNICATION = 3, "How to talk with them"
    OWN_WORDS = 4, "Their own words"
    FAMILY = 5, "Family and people around them"
    HEALTH = 6, "Health"
    EDUCATION = 7, "Education"
    SOCIAL_CARE = 8, "Social care"
    SAFEGUARDING = 9, "Safeguarding"
    JUSTICE = 10, "Police and justice"
    PLACEMENT = 11, "Where they are placed"
    REGISTER = 12, "The register and the rating"
    HOSPITAL = 13, "Time in hospital"
    REVIEW = 14, "Reviews"
    KEYWORKING = 15, "Keyworking"
    AGREEMENT = 16, "What was agreed to"
    ADULTHOOD = 17, "Growing up and moving to adult services"
    MONEY = 18, "Money"


EVERY_TOPIC = tuple(topic.value for topic in Topic)
