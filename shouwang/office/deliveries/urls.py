from django.http import HttpResponse
from django.urls import path

app_name = "deliveries"
urlpatterns = [path("", lambda request: HttpResponse(""), name="list")]
