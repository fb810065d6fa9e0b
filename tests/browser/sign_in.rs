//! Who may come in, where they come out, and what they leave behind.

use anyhow::{Result, ensure};
use harness::{Bank, Key, Page, Role, sample};

use crate::steps::{
    BEGINNER, CANDIDATE, CLASS, NEWCOMER, PASSWORD, Stage, all_saved, answer, fill_sign_in,
    right_on_server, sign_in, start_exam,
};

#[tokio::test]
async fn a_wrong_password_is_told_in_place_and_the_name_stays() -> Result<()> {
    let stage = Stage::sample().await?;
    let page = &stage.page;
    page.open("/sign-in").await?;
    page.button("登录").await?;
    page.shows("请填写用户名").await?;
    fill_sign_in(page, BEGINNER, "not-the-password").await?;
    let alert = page.first_with(Role::Alert, "用户名或密码不正确").await?;
    ensure!(alert.element.is_displayed().await?, "the error is not seen");
    let name = page
        .one(Role::Field, "用户名")
        .await?
        .element
        .value()
        .await?;
    ensure!(name.as_deref() == Some(BEGINNER), "the user name is gone");
    ensure!(
        page.path().await?.starts_with("/sign-in"),
        "the page is another"
    );
    page.fill("密码", PASSWORD).await?;
    page.button("登录").await?;
    page.arrives_at("/").await?;
    stage.browser.quit().await
}

#[tokio::test]
async fn the_page_that_was_asked_for_comes_after_sign_in() -> Result<()> {
    let stage = Stage::sample().await?;
    let page = &stage.page;
    page.open(CLASS).await?;
    fill_sign_in(page, BEGINNER, PASSWORD).await?;
    page.arrives_at(CLASS).await?;
    page.heading("全国非公企业工会主席上岗资格网络培训班")
        .await?;
    stage.browser.quit().await
}

#[tokio::test]
async fn after_sign_out_the_next_person_on_this_browser_sees_nothing_of_the_former() -> Result<()> {
    let stage = Stage::sample().await?;
    let page = &stage.page;
    sign_in(page, BEGINNER).await?;
    page.link("开始学习").await?;
    page.one(Role::Button, "播放").await?;
    page.open(CLASS).await?;
    page.shows("课程").await?;
    page.open("/me").await?;
    page.shows("王建国").await?;
    page.button("退出登录").await?;
    page.one(Role::Field, "密码").await?;
    page.driver().back().await?;
    page.one(Role::Field, "密码").await?;
    nothing_of_the_former(page).await?;

    sign_in(page, NEWCOMER).await?;
    page.shows("还没有培训班").await?;
    for path in ["/", "/certificates", "/me"] {
        page.open(path).await?;
        page.one(Role::Link, "证书").await?;
        nothing_of_the_former(page).await?;
    }
    page.open(CLASS).await?;
    page.shows("没有找到").await?;
    stage.browser.quit().await
}

/// Neither on the page nor in what the browser stores for it.
async fn nothing_of_the_former(page: &Page) -> Result<()> {
    const STORED: &str = "
        const done = arguments[arguments.length - 1];
        const said = [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie];
        const read = (db) => Promise.all(Array.from(db.objectStoreNames, (store) => new Promise((go) => {
          const all = db.transaction(store).objectStore(store).getAll();
          const keys = db.transaction(store).objectStore(store).getAllKeys();
          all.onsuccess = () => { keys.onsuccess = () => go(JSON.stringify([keys.result, all.result])); };
        })));
        const databases = indexedDB.databases ? indexedDB.databases() : Promise.resolve([]);
        databases.then((list) => Promise.all(list.map(({ name }) => new Promise((go) => {
          const open = indexedDB.open(name);
          open.onsuccess = () => read(open.result).then((texts) => { open.result.close(); go(name + texts.join()); });
          open.onerror = () => go('');
        })))).then((texts) => done(said.concat(texts).join('\\n')), (error) => done('failed: ' + error));";
    let none: Vec<serde_json::Value> = Vec::new();
    let stored: String = page.driver().execute_async(STORED, none).await?.convert()?;
    ensure!(!stored.starts_with("failed"), "{stored}");
    let seen = page
        .js::<String>("return document.documentElement.outerHTML", vec![])
        .await?;
    for mark in ["王建国", BEGINNER, "p-wang", "杭州某某机械"] {
        ensure!(
            !stored.contains(mark),
            "the browser's storage still names the former person"
        );
        ensure!(
            !seen.contains(mark),
            "the page still names the former person"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_session_that_ends_in_mid_exam_asks_until_one_signs_in_again_and_loses_no_answer()
-> Result<()> {
    let bank = Bank::read(&sample())?;
    let stage = Stage::sample().await?;
    let page = &stage.page;
    sign_in(page, CANDIDATE).await?;
    page.open(CLASS).await?;
    start_exam(page).await?;
    page.driver().delete_all_cookies().await?;
    answer(page, &bank).await?;
    page.one(Role::Dialog, "请重新登录").await?;
    // Browsers close a dialog at the second Escape whatever the page says to the first.
    for _ in 0..3 {
        page.press(Key::Escape).await?;
    }
    page.one(Role::Dialog, "请重新登录").await?;
    let password = page.one(Role::Field, "密码").await?;
    ensure!(password.focused, "the password does not have the focus");
    page.fill("密码", PASSWORD).await?;
    page.button("登录").await?;
    all_saved(page).await?;
    let right = right_on_server(&stage.api(CANDIDATE).await?, &bank).await?;
    ensure!(right == 1, "the answer is not on the server");
    stage.browser.quit().await
}
