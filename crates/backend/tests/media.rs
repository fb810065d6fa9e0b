//! Media: in byte ranges, to those whom they concern.

use contract::{Certificate, ErrorCode, Lesson, Page, path};
use reqwest::Method;

use crate::support::paper::{all, right};
use crate::support::visitor::send;
use crate::support::{Backend, Folder, Reply, Visitor, key, mp4};

async fn lesson(visitor: &Visitor) -> Lesson {
    visitor.get(&path::lesson(&"c-1-1".into())).await.ok()
}

async fn with(visitor: &Visitor, url: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = visitor.request(Method::GET, url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(request).await
}

#[tokio::test]
async fn a_video_comes_whole_with_a_strong_etag_and_never_changes_under_its_url() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let lesson = lesson(&li).await;
    let whole = li.get(&lesson.video_url).await;
    assert_eq!(whole.status, 200);
    assert_eq!(whole.body, mp4::video(60_000, 10_000));
    assert_eq!(whole.header("content-type"), Some("video/mp4"));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    assert_eq!(
        whole.header("cache-control"),
        Some("private, max-age=31536000, immutable")
    );
    let etag = whole.header("etag").unwrap();
    assert!(
        etag.starts_with('"') && lesson.video_url.contains(etag.trim_matches('"')),
        "{etag}"
    );

    let again = with(&li, &lesson.video_url, &[("if-none-match", etag)]).await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(again.header("etag"), Some(etag));
}

#[tokio::test]
async fn a_range_gives_just_that_part() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let url = lesson(&li).await.video_url;
    let video = mp4::video(60_000, 10_000);
    let length = video.len();
    for (range, from, to) in [
        ("bytes=0-0".to_owned(), 0, 0),
        ("bytes=100-299".to_owned(), 100, 299),
        ("bytes=5000-".to_owned(), 5000, length - 1),
        ("bytes=-500".to_owned(), length - 500, length - 1),
        (format!("bytes=-{}", length * 2), 0, length - 1),
        (
            format!("bytes={}-{}", length - 1, length + 50),
            length - 1,
            length - 1,
        ),
    ] {
        let part = with(&li, &url, &[("range", &range)]).await;
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(part.body, video[from..=to], "{range}");
        assert_eq!(
            part.header("content-range"),
            Some(format!("bytes {from}-{to}/{length}").as_str())
        );
        assert_eq!(
            part.header("content-length"),
            Some((to - from + 1).to_string().as_str())
        );
        assert_eq!(part.header("content-type"), Some("video/mp4"));
    }
}

#[tokio::test]
async fn a_range_beyond_the_end_is_416_and_odd_ones_get_the_whole() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let url = lesson(&li).await.video_url;
    let length = mp4::video(60_000, 10_000).len();
    for range in [format!("bytes={length}-"), "bytes=-0".to_owned()] {
        let beyond = with(&li, &url, &[("range", &range)]).await;
        assert_eq!((beyond.status, beyond.body.len()), (416, 0), "{range}");
        assert_eq!(
            beyond.header("content-range"),
            Some(format!("bytes */{length}").as_str())
        );
    }
    for range in ["bytes=5-4", "lines=1-2", "bytes=0-1,5-6", "bytes=x-"] {
        let whole = with(&li, &url, &[("range", range)]).await;
        assert_eq!((whole.status, whole.body.len()), (200, length), "{range}");
    }
}

#[tokio::test]
async fn if_range_with_another_etag_gets_the_whole() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let url = lesson(&li).await.video_url;
    let etag = li.get(&url).await.header("etag").unwrap().to_owned();
    for (tag, status) in [
        (etag.as_str(), 206),
        ("\"other\"", 200),
        ("Mon, 01 Jun 2026 02:00:00 GMT", 200),
    ] {
        let reply = with(&li, &url, &[("range", "bytes=0-9"), ("if-range", tag)]).await;
        assert_eq!(reply.status, status, "{tag}");
    }
}

#[tokio::test]
async fn head_tells_the_size_and_sends_nothing() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let url = lesson(&li).await.video_url;
    let head = send(li.request(Method::HEAD, &url)).await;
    let length = mp4::video(60_000, 10_000).len().to_string();
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), Some(length.as_str()));
    assert_eq!(head.header("accept-ranges"), Some("bytes"));
}

#[tokio::test]
async fn posters_captions_and_handouts_come_with_their_types() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    let lesson = lesson(&li).await;
    let handout = &lesson.handouts[0];
    for (url, kind) in [
        (lesson.poster_url.as_deref().unwrap(), "image/jpeg"),
        (&lesson.captions[0].url, "text/vtt; charset=utf-8"),
        (&handout.url, "text/plain; charset=utf-8"),
    ] {
        let reply = li.get(url).await;
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, Some(kind))
        );
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
    }
    let bytes = li.get(&handout.url).await.body.len();
    assert_eq!(
        (handout.bytes, handout.mime.as_str()),
        (bytes as u64, "text/plain; charset=utf-8")
    );
}

/// A folder in whose class zhao, who has a photo, may sit the exam at once.
fn with_zhao() -> Folder {
    let folder = Folder::new();
    folder.edit(
        "accounts.toml",
        "classes = []",
        "classes = [\"c\"]\ngranted = [\"c-1\", \"c-2\"]",
    );
    folder
}

/// Where the photo on the certificate is, which zhao gets by passing.
async fn certified_photo(zhao: &Visitor) -> String {
    let attempt: contract::Attempt = zhao.start("c").await.ok();
    zhao.hand_in(&attempt, &key(), &all(&attempt, 1, right))
        .await
        .ok::<contract::Attempt>();
    photo_url(zhao).await
}

async fn photo_url(zhao: &Visitor) -> String {
    let certificates: Page<Certificate> = zhao.get(path::CERTIFICATES).await.ok();
    certificates.items[0].photo_url.clone().unwrap()
}

#[tokio::test]
async fn a_photo_is_its_persons_alone_and_never_cached() {
    let backend = Backend::with(&[&with_zhao()], |_| {}).await;
    let zhao = backend.signed_in("zhao-c").await;
    let url = certified_photo(&zhao).await;
    let photo = zhao.get(&url).await;
    assert_eq!(
        (photo.status, photo.header("content-type")),
        (200, Some("image/jpeg"))
    );
    assert_eq!(photo.header("cache-control"), Some("private, no-store"));
    let li = backend.signed_in("li-c").await;
    assert_eq!(
        li.get(&url).await.refused(),
        ErrorCode::NotFound,
        "same class, another person"
    );
}

#[tokio::test]
async fn the_photo_on_a_certificate_stays_readable_when_a_newer_one_is_loaded() {
    let folder = with_zhao();
    let backend = Backend::with(&[&folder], |_| {}).await;
    let zhao = backend.signed_in("zhao-c").await;
    let url = certified_photo(&zhao).await;
    let before = zhao.get(&url).await.body;
    folder.write("photos/zhao.jpg", b"\xFF\xD8\xFF\xE0 a newer one");
    backend.load(&folder).await.unwrap();
    assert_eq!(photo_url(&zhao).await, url);
    let after = zhao.get(&url).await;
    assert_eq!((after.status, &after.body), (200, &before));
    assert_eq!(after.header("cache-control"), Some("private, no-store"));
    let li = backend.signed_in("li-c").await;
    assert_eq!(li.get(&url).await.refused(), ErrorCode::NotFound);
}

#[tokio::test]
async fn the_photo_on_a_certificate_of_an_older_version_is_readable_too() {
    let folder = with_zhao();
    let backend = Backend::with(&[&folder], |_| {}).await;
    let zhao = backend.signed_in("zhao-c").await;
    let url = certified_photo(&zhao).await;
    let kept = backend.rows("certificates").await;
    // As it was before the certificate had a column for it; then the second half of the migration.
    let migration = include_str!("../migrations/0002_certificate_photo.sql");
    let (_, fill) = migration.split_once(';').unwrap();
    let mut connection = backend.db.connection().await.unwrap();
    sqlx::query("UPDATE certificates SET photo = NULL")
        .execute(&mut *connection)
        .await
        .unwrap();
    sqlx::raw_sql(fill).execute(&mut *connection).await.unwrap();
    drop(connection);
    assert_eq!(backend.rows("certificates").await, kept);
    assert_eq!(zhao.get(&url).await.status, 200);
}

#[tokio::test]
async fn names_that_climb_out_of_the_media_folder_find_nothing() {
    let backend = Backend::start().await;
    let li = backend.signed_in("li-c").await;
    for name in [
        "..%2Fgongke.sqlite",
        "%2Fetc%2Fpasswd",
        "..",
        "%2e%2e%2fgongke.sqlite",
    ] {
        let reply = li.get(&format!("/api/v1/media/{name}")).await;
        assert_eq!(reply.refused(), ErrorCode::NotFound, "{name}");
    }
}
