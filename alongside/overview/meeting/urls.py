"""Addresses of the register meeting."""

from django.urls import path

from alongside.overview.meeting import item_views, minutes_views, planning_views, views

urlpatterns = [
    path("meetings", views.meetings, name="meetings"),
    path("meetings/plan", planning_views.plan, name="plan_meeting"),
    path("meetings/next", planning_views.next_one, name="next_meeting"),
    path("meetings/cycle", planning_views.cycle, name="meeting_cycle"),
    path("meetings/<int:number>", views.one, name="meeting"),
    path("meetings/<int:number>/change", views.change, name="change_meeting"),
    path("meetings/<int:number>/ask", views.ask, name="ask_to_meeting"),
    path("meetings/<int:number>/came", views.came, name="came_to_meeting"),
    path("meetings/<int:number>/add", views.add, name="add_to_agenda"),
    path("meetings/<int:number>/send", views.send, name="send_agenda"),
    path("meetings/<int:number>/open", views.open_it, name="open_meeting"),
    path("meetings/<int:number>/close", views.close, name="close_meeting"),
    path("meetings/<int:number>/call-off", views.call_off, name="call_off_meeting"),
    path("meetings/<int:number>/minutes", minutes_views.minutes, name="minutes"),
    path("meetings/<int:number>/minutes.pdf", minutes_views.minutes_pdf, name="minutes_pdf"),
    path("meetings/<int:number>/minutes/send", minutes_views.send, name="send_minutes"),
    path("meetings/<int:number>/people/<int:item>", item_views.person, name="meeting_person"),
    path("meetings/<int:number>/people/<int:item>/keep", item_views.keep, name="meeting_keep"),
    path("meetings/<int:number>/people/<int:item>/leave", item_views.leave, name="leave_for_next_time"),
    path("meetings/<int:number>/people/<int:item>/wall", item_views.wall, name="meeting_wall"),
    path("meetings/<int:number>/people/<int:item>/correct", item_views.correct, name="correct_minutes"),
]
