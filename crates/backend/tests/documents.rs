//! What is written down agrees with what is served.

use std::collections::BTreeSet;
use std::path::PathBuf;

use contract::{ErrorCode, Service, path};
use serde_json::Value;

use crate::support::Backend;

fn repository(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(file)
}

#[test]
fn the_checked_in_openapi_document_is_the_generated_one() {
    let kept = std::fs::read_to_string(repository("docs/openapi.json")).unwrap();
    assert!(
        kept == backend::document(),
        "docs/openapi.json is out of date: run `gongke-backend openapi > docs/openapi.json`"
    );
}

#[test]
fn the_openapi_document_has_every_operation_with_its_problems() {
    let document: Value = serde_json::from_str(&backend::document()).unwrap();
    let id = str::to_owned;
    let decoded = |path: String| path.replace("%7B", "{").replace("%7D", "}");
    let expected: BTreeSet<String> = [
        path::ROOT.to_owned(),
        path::SESSION.to_owned(),
        path::ENROLMENTS.to_owned(),
        path::CERTIFICATES.to_owned(),
        decoded(path::class(&contract::ClassId(id("{class}")))),
        decoded(path::attempts(&contract::ClassId(id("{class}")))),
        decoded(path::lesson(&contract::LessonId(id("{lesson}")))),
        decoded(path::watched(&contract::LessonId(id("{lesson}")))),
        decoded(path::attempt(&contract::AttemptId(id("{attempt}")))),
        decoded(path::answer(
            &contract::AttemptId(id("{attempt}")),
            &contract::QuestionId(id("{question}")),
        )),
        decoded(path::hand_in(&contract::AttemptId(id("{attempt}")))),
        decoded(path::certificate(&contract::CertificateId(id(
            "{certificate}",
        )))),
        "/api/v1/media/{file}".to_owned(),
    ]
    .into();
    let paths = document["paths"].as_object().unwrap();
    assert_eq!(paths.keys().cloned().collect::<BTreeSet<_>>(), expected);

    let mut names = BTreeSet::new();
    for (path, operations) in paths {
        for (method, operation) in operations.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(names.insert(name.to_owned()), "{name} twice");
            for (status, reply) in operation["responses"].as_object().unwrap() {
                assert!(reply["description"].is_string(), "{method} {path} {status}");
                let problem = status.as_str() >= "400" && status != "416";
                let is_problem = reply["content"].get(contract::PROBLEM_JSON).is_some();
                assert_eq!(is_problem, problem, "{method} {path} {status}");
            }
        }
    }
    let codes: Vec<&str> = ErrorCode::ALL.iter().map(|code| code.uri()).collect();
    assert_eq!(
        document["components"]["schemas"]["ErrorCode"]["enum"],
        serde_json::json!(codes)
    );
}

/// Every backtick-quoted test name in the table at the end of docs/contract.md.
fn promised_tests() -> Vec<String> {
    let text = std::fs::read_to_string(repository("docs/contract.md")).unwrap();
    let (_, table) = text.split_once("## Each promise and its test").unwrap();
    let rows = table
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains('`'));
    let last_cell = |row: &str| {
        row.trim_end_matches(" |")
            .rsplit(" | ")
            .next()
            .unwrap()
            .to_owned()
    };
    let names = |cell: String| -> Vec<String> {
        cell.split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    };
    rows.map(last_cell).flat_map(names).collect()
}

#[test]
fn every_promise_of_the_contract_names_a_test_that_exists() {
    let names = promised_tests();
    assert!(names.len() >= 50, "{}", names.len());
    for name in names {
        let (module, test) = name.split_once("::").unwrap();
        let file = repository(&format!("crates/backend/tests/{module}.rs"));
        let source = std::fs::read_to_string(file).unwrap_or_default();
        assert!(
            source.contains(&format!("fn {test}(")),
            "docs/contract.md names no test: {name}"
        );
    }
}

#[tokio::test]
async fn the_service_document_needs_no_session() {
    let backend = Backend::start().await;
    let service: Service = backend.visitor().get(path::ROOT).await.ok();
    assert_eq!((service.contract, service.now), (1, backend.clock.now()));
    let health = backend.visitor().get("/healthz").await;
    assert_eq!((health.status, health.text()), (200, "ok\n"));
}
