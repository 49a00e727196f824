from django.urls import path

from shouwang.office.deliveries.views import doubtful, handing_in

app_name = "deliveries"
urlpatterns = [
    path("", handing_in.listed, name="list"),
    path("new/", handing_in.new, name="new"),
    path("<int:number>/", handing_in.one, name="one"),
    path("<int:number>/agree/", handing_in.agree, name="agree"),
    path("<int:number>/reply/", handing_in.reply, name="reply"),
    path("doubtful/", doubtful.listed, name="doubtful"),
    path("doubtful/<str:as_of>/<int:number>/", doubtful.one, name="doubt"),
]
