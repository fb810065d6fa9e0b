-- One text for SQLite and PostgreSQL. Times are BIGINT milliseconds since 1970, truth values are
-- BIGINT 0 or 1, what is read and written only as a whole is TEXT that holds JSON.

-- What the operator loads.

CREATE TABLE classes (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    document TEXT NOT NULL
);

-- Courses and lessons that a newer folder leaves out are retired, never deleted: study hangs on them.
CREATE TABLE courses (
    id TEXT PRIMARY KEY,
    class_id TEXT NOT NULL REFERENCES classes (id),
    place BIGINT NOT NULL,
    document TEXT NOT NULL,
    retired BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX courses_by_class ON courses (class_id, place);

CREATE TABLE lessons (
    id TEXT PRIMARY KEY,
    course_id TEXT NOT NULL REFERENCES courses (id),
    place BIGINT NOT NULL,
    document TEXT NOT NULL,
    retired BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX lessons_by_course ON lessons (course_id, place);

CREATE TABLE questions (
    class_id TEXT NOT NULL REFERENCES classes (id),
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    document TEXT NOT NULL,
    retired BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (class_id, id)
);

-- Files are kept under their SHA-256; who may read one is told by the rows here.
CREATE TABLE media (
    hash TEXT PRIMARY KEY,
    mime TEXT NOT NULL,
    bytes BIGINT NOT NULL
);

CREATE TABLE class_media (
    class_id TEXT NOT NULL REFERENCES classes (id),
    hash TEXT NOT NULL REFERENCES media (hash),
    PRIMARY KEY (class_id, hash)
);
CREATE INDEX class_media_by_hash ON class_media (hash);

-- People.

CREATE TABLE persons (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    sex TEXT NOT NULL,
    unit TEXT NOT NULL,
    post TEXT NOT NULL,
    id_number TEXT,
    photo TEXT REFERENCES media (hash),
    -- Up to here this person's wall clock is spent on credited study.
    accounted_until BIGINT
);

-- token_hash is the SHA-256 of the cookie's value.
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES persons (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_age ON sessions (created_at);

CREATE TABLE enrolments (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES persons (id),
    class_id TEXT NOT NULL REFERENCES classes (id),
    approved_at BIGINT NOT NULL,
    UNIQUE (person_id, class_id)
);

-- Courses credited by the organiser: studied elsewhere.
CREATE TABLE grants (
    person_id TEXT NOT NULL REFERENCES persons (id),
    course_id TEXT NOT NULL REFERENCES courses (id),
    PRIMARY KEY (person_id, course_id)
);

-- What people do.

CREATE TABLE studies (
    person_id TEXT NOT NULL REFERENCES persons (id),
    lesson_id TEXT NOT NULL REFERENCES lessons (id),
    opened_at BIGINT NOT NULL,
    covered TEXT NOT NULL,
    position_ms BIGINT NOT NULL,
    -- Once complete a lesson stays so, whatever a newer folder says of its length or policy.
    completed_at BIGINT,
    PRIMARY KEY (person_id, lesson_id)
);

CREATE TABLE idempotency (
    person_id TEXT NOT NULL REFERENCES persons (id),
    key TEXT NOT NULL,
    body_hash TEXT NOT NULL,
    reply TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, key)
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);

-- `paper` holds questions, keys and reasons as drawn; `closing` the receipt and the result.
CREATE TABLE attempts (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES persons (id),
    class_id TEXT NOT NULL REFERENCES classes (id),
    number BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    deadline BIGINT NOT NULL,
    grace_ms BIGINT NOT NULL,
    paper TEXT NOT NULL,
    closed_at BIGINT,
    closing TEXT,
    UNIQUE (person_id, class_id, number)
);
CREATE UNIQUE INDEX one_open_attempt ON attempts (person_id, class_id) WHERE closed_at IS NULL;
CREATE INDEX open_attempts_by_deadline ON attempts (deadline) WHERE closed_at IS NULL;

-- A late answer stands beside the one that counts, and never replaces it.
CREATE TABLE answers (
    attempt_id TEXT NOT NULL REFERENCES attempts (id),
    question_id TEXT NOT NULL,
    late BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    choice TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (attempt_id, question_id, late)
);

CREATE TABLE serials (
    class_id TEXT NOT NULL REFERENCES classes (id),
    year BIGINT NOT NULL,
    used BIGINT NOT NULL,
    PRIMARY KEY (class_id, year)
);

CREATE TABLE certificates (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES persons (id),
    class_id TEXT NOT NULL REFERENCES classes (id),
    number TEXT NOT NULL UNIQUE,
    issued_at BIGINT NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (person_id, class_id)
);
