from django.urls import path

from workforce.establishment.views import lists, overview, posts

app_name = "establishment"

urlpatterns = [
    path("<slug:force>/establishment/", overview.overview, name="overview"),
    path("<slug:force>/establishment/posts/", lists.posts, name="posts"),
    path("<slug:force>/establishment/postings/", lists.postings, name="postings"),
    path("<slug:force>/establishment/vacancies/", lists.vacancies, name="vacancies"),
    path("<slug:force>/establishment/gaps/", lists.gaps, name="gaps"),
    path("<slug:force>/establishment/posts/add/", posts.create, name="post-create"),
    path("<slug:force>/establishment/posts/<int:pk>/", posts.post, name="post"),
    path("<slug:force>/establishment/posts/<int:pk>/correct/", posts.correct, name="post-correct"),
    path("<slug:force>/establishment/posts/<int:pk>/end/", posts.end, name="post-end"),
    path("<slug:force>/establishment/posts/<int:pk>/reprofile/", posts.reprofile, name="post-reprofile"),
]
