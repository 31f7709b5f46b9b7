"""The addresses that customers see."""

from django.urls import path

from tickets.portal.complaining import complain
from tickets.portal.links import ask, renew, sent
from tickets.portal.page import page, state
from tickets.portal.page_files import page_file
from tickets.portal.rating_door import rating
from tickets.portal.sections import section
from tickets.portal.thanks import thanks

app_name = "portal"
urlpatterns = [
    path("", complain, name="complain"),
    path("thanks/<str:signed>/", thanks, name="thanks"),
    path("link/", ask, name="link"),
    path("link/sent/", sent, name="link-sent"),
    path("t/<str:token>/", page, name="page"),
    path("t/<str:token>/state/", state, name="state"),
    path("t/<str:token>/link/", renew, name="renew"),
    path("t/<str:token>/files/<int:number>/", page_file, name="file"),
    path("t/<str:token>/rating/", rating, name="rating"),
    path("t/<str:token>/section/<slug:key>/", section, name="section"),
]
