//! Fixed texts, both languages side by side.

use super::Language;

macro_rules! texts {
    ($($name:ident: $zh:literal, $en:literal;)*) => {
        /// The fixed texts of one language.
        #[derive(Debug, PartialEq)]
        pub(crate) struct Texts {
            pub(crate) language: Language,
            $(pub(crate) $name: &'static str,)*
        }

        /// Simplified Chinese.
        pub(crate) static ZH_CN: Texts = Texts { language: Language::ZhCn, $($name: $zh,)* };

        /// English.
        pub(crate) static EN: Texts = Texts { language: Language::En, $($name: $en,)* };
    };
}

texts! {
    // The frame
    app_name: "工课", "Gongke";
    app_title: "工会干部网络培训", "Trade union training";
    skip_to_content: "跳到正文", "Skip to content";
    main_navigation: "主导航", "Main navigation";
    nav_study: "学习", "Study";
    nav_certificates: "证书", "Certificates";
    nav_me: "我的", "Account";
    loading: "正在加载", "Loading";
    retry: "重试", "Try again";
    back: "返回", "Back";
    close: "关闭", "Close";
    cancel: "取消", "Cancel";
    back_home: "返回我的培训班", "Back to my classes";
    offline_bar: "网络已断开。学习记录和答案先存在本机，联网后自动上传。", "No connection. Your progress and answers are kept on this device and sent when the connection returns.";
    not_found_title: "页面不存在", "Page not found";
    not_found_text: "链接可能已失效，或内容不属于当前账号。", "The link may be out of date, or belong to another account.";

    // The path
    path_label: "培训进度", "Steps to the certificate";
    station_enrol: "报名", "Enrol";
    station_study: "学习", "Study";
    station_exam: "考试", "Exam";
    station_certificate: "证书", "Certificate";
    station_done: "已完成", "Done";
    station_present: "进行中", "In progress";
    certificate_held: "已取得", "Received";
    certificate_due: "待发证", "Being issued";
    certificate_ahead: "未取得", "Not yet";
    station_ahead: "未开始", "Not started";

    // Sign-in
    sign_in: "登录", "Sign in";
    sign_in_title: "登录", "Sign in";
    sign_in_lead: "学习课程，参加考试，领取上岗资格培训证书。", "Study the courses, sit the exam and receive the certificate your post requires.";
    username: "用户名", "User name";
    password: "密码", "Password";
    show_password: "显示密码", "Show password";
    hide_password: "隐藏密码", "Hide password";
    username_missing: "请填写用户名。", "Enter your user name.";
    password_missing: "请填写密码。", "Enter your password.";
    signing_in: "正在登录", "Signing in";
    sign_in_again_title: "请重新登录", "Sign in again";
    sign_in_again_text: "登录已过期。尚未上传的学习记录和答案保留在本页，登录后继续上传。登录前请不要关闭本页。", "Your session has ended. What is not sent yet is kept on this page and sent once you sign in. Keep this page open until then.";

    // My classes
    home_title: "我的培训班", "My classes";
    home_empty_title: "还没有培训班", "No class yet";
    home_empty_text: "单位为您报名且审核通过后，培训班会显示在这里。", "Once your union has enrolled you and the enrolment is approved, the class appears here.";
    open_class: "查看培训班", "Open the class";

    // Class
    organiser: "主办单位", "Organiser";
    term: "培训时间", "Term";
    audience: "培训对象", "For";
    courses_title: "课程", "Courses";
    hours_title: "学时", "Credit hours";
    teachers: "主讲", "Taught by";
    lesson_done: "已完成", "Done";
    lesson_granted: "已认定", "Credited";
    continue_study: "继续学习", "Continue";
    begin_study: "开始学习", "Begin";
    go_to_exam: "参加考试", "Go to the exam";
    resume_exam: "继续考试", "Resume the exam";
    see_certificate: "查看证书", "View the certificate";
    no_attempt_left: "考试次数已用完。请与培训班主办单位联系。", "No attempt is left. Please contact the organiser of the class.";
    await_certificate: "考试已通过，证书正在生成，请稍后刷新。", "You have passed. The certificate is being issued; look again shortly.";
    class_done: "您已取得本班证书。", "You have the certificate for this class.";

    // Lesson and player
    lesson_outline: "课程目录", "Outline";
    lesson_materials: "课程资料", "Lesson materials";
    transcript: "字幕文稿", "Transcript";
    chapters_empty: "本课没有章节。", "This lesson has no chapters.";
    chapters: "章节", "Chapters";
    handouts: "讲义", "Handouts";
    transcript_empty: "本课没有字幕。", "This lesson has no captions.";
    handouts_empty: "本课没有讲义。", "This lesson has no handouts.";
    transcript_failed: "字幕加载失败，不影响视频播放。请刷新页面重试。", "The captions did not load. The video plays without them; reload the page to try again.";
    to_class: "返回培训班", "Back to the class";
    player_label: "视频播放器", "Video player";
    play: "播放", "Play";
    pause: "暂停", "Pause";
    seek_bar: "播放进度", "Playback position";
    mute: "静音", "Mute";
    unmute: "取消静音", "Unmute";
    volume: "音量", "Volume";
    speed: "播放速度", "Speed";
    captions: "字幕", "Captions";
    captions_on: "打开字幕", "Turn captions on";
    captions_off: "关闭字幕", "Turn captions off";
    full_screen: "全屏", "Full screen";
    leave_full_screen: "退出全屏", "Exit full screen";
    buffering: "正在缓冲", "Buffering";
    video_failed_title: "视频加载失败", "The video did not load";
    video_unsupported_title: "当前浏览器无法播放视频", "This browser cannot play the video";
    video_failed_text: "已学时长不受影响。请检查网络后重试。", "Your progress so far is safe. Check the connection and try again.";
    video_unsupported: "已学时长不受影响。请换用新版 Chrome、Edge 或 Safari。", "Your progress so far is safe. Please use a recent Chrome, Edge or Safari.";
    keys_hint: "键盘操作（先选中播放器中的任一按钮）：空格键播放或暂停；←、→ 后退、前进 5 秒；↑、↓ 调节音量；M 静音；C 显示或隐藏字幕；F 全屏。", "Keyboard, with any control of the player selected: Space plays or pauses; ← → skip 5 s; ↑ ↓ change the volume; M mutes; C shows or hides captions; F full screen.";
    study_all_saved: "学习记录已保存", "Progress saved";
    study_recording: "正在记录学习时长", "Recording";
    study_saving: "正在保存学习记录", "Saving progress";
    study_on_device: "学习记录已存本机，待上传", "Progress kept on this device, not sent yet";
    study_not_kept: "本机无法保存学习记录，上传完成前请不要关闭本页", "This device cannot store your progress: keep this page open until it is sent";
    study_refused: "部分学习记录未被服务器接受，不计入学时。请核对培训时间，如有疑问请与主办单位联系。", "Some of your progress was not accepted and does not count. Check the dates of the class, or contact the organiser.";
    lesson_complete_here: "本课已学完，正在确认", "Watched to the end, being confirmed";

    // Exam: before
    exam_before: "考前须知", "Before you start";
    exam_questions: "题数", "Questions";
    exam_time: "考试时长", "Time";
    exam_full_marks: "满分", "Full marks";
    exam_pass_mark: "合格分数", "Pass mark";
    exam_attempts: "剩余考试次数", "Attempts left";
    exam_not_open: "考试尚未开放", "The exam is not open yet";
    exam_start: "开始考试", "Start the exam";
    exam_starting: "正在准备试卷", "Preparing the paper";
    exam_start_note: "点击“开始考试”后立即计时。答案自动保存，刷新页面或更换设备后可继续作答。", "The clock starts at once. Answers are saved as you go; after a reload, or on another device, you go on where you were.";
    exam_history: "考试记录", "Your attempts";
    exam_passed_already: "您已通过考试。", "You have passed the exam.";
    attempt_column: "考试", "Attempt";
    result_column: "结果", "Result";
    attempt_open: "进行中", "Under way";
    see_attempt: "查看", "View";

    // Exam: under way
    single: "单项选择题", "One answer";
    multiple: "多项选择题", "One or more answers";
    judge: "判断题", "True or false";
    multiple_hint: "多选、少选、错选均不得分。", "You get the marks only if you choose every right answer and no wrong one.";
    previous: "上一题", "Previous";
    next: "下一题", "Next";
    clear_answer: "清除答案", "Clear answer";
    flag: "标记", "Flag";
    flagged: "已标记", "Flagged";
    overview: "答题卡", "Overview";
    overview_title: "交卷前检查", "Review before handing in";
    resume_answering: "继续作答", "Back to the questions";
    answered: "已答", "Answered";
    unanswered: "未作答", "Not answered";
    hand_in: "交卷", "Hand in";
    hand_in_title: "确定交卷吗？", "Hand in the paper?";
    hand_in_confirm: "确认交卷", "Hand in now";
    hand_in_final: "交卷后不能再修改答案。", "Answers cannot be changed afterwards.";
    handing_in: "正在交卷", "Handing in";
    handing_in_offline: "答案已存在本机，尚未交卷。请在考试截止前恢复网络，系统会自动交卷；截止后送达的答案不计分。请不要清除浏览器数据。", "Your answers are kept on this device; the paper is not handed in yet. Reconnect before the deadline, and it is handed in by itself; answers that arrive later do not count. Do not clear the browser's data.";
    time_left: "剩余时间", "Time left";
    time_up: "考试时间已到，正在交卷。", "Time is up. The paper is being handed in.";
    ten_minutes: "距考试结束还有 10 分钟。", "10 minutes left.";
    five_minutes: "距考试结束还有 5 分钟。", "5 minutes left.";
    one_minute: "距考试结束还有 1 分钟。", "1 minute left.";
    kept_server: "已保存", "Saved";
    kept_device: "已存本机，待上传", "On this device, to be sent";
    kept_memory: "正在保存", "Saving";
    kept_unsaved: "本机无法保存，正在上传", "Not stored here, being sent";
    kept_refused: "未被接受", "Not accepted";
    kept_late: "截止后送达，不计分", "Came too late, not counted";
    all_saved: "全部已保存", "All saved";
    save_now: "立即上传", "Send now";
    saving_answers: "正在保存", "Saving";
    to_review: "检查答卷", "Review";
    unflag: "取消标记", "Remove flag";
    not_sent: "待上传", "To be sent";
    legend: "图例", "Legend";
    unanswered_list: "未作答的题", "Not answered";
    flagged_list: "标记的题", "Flagged";
    handing_in_late: "考试时间已到。本机的答案联网后自动送达；超过宽限时间送达的不计分。请不要清除浏览器数据。", "Time is up. The answers on this device are sent when the connection returns; what arrives after the period of grace does not count. Do not clear the browser's data.";
    handing_in_text: "正在提交答卷，请稍候。答案已存在本机。", "Your paper is on its way to the server. The answers are kept on this device.";
    handing_in_unsaved: "本机无法保存答案。交卷完成之前，请不要关闭本页。", "This device cannot store the answers. Keep this page open until the paper is handed in.";

    // Exam: result
    result_passed: "考试合格", "Passed";
    result_failed: "考试未合格", "Not passed";
    receipt_title: "交卷回执", "Receipt";
    receipt_at: "交卷时间", "Handed in";
    receipt_by: "交卷方式", "Method";
    by_candidate: "本人交卷", "By you";
    by_deadline: "到时自动交卷", "Automatically, at the deadline";
    receipt_answered: "已答题数", "Answered";
    receipt_digest: "答卷校验码", "Checksum of the answers";
    marks: "得分", "Marks";
    review_title: "答案与解析", "Answers and explanations";
    your_answer: "您的答案", "Your answer";
    right_answer: "正确答案", "Right answer";
    basis: "依据", "Basis";
    no_answer: "未作答", "Not answered";
    review_right: "正确", "Right";
    review_wrong: "错误", "Wrong";
    try_again_exam: "再考一次", "Sit the exam again";
    receipt_note: "如对成绩有疑问，可凭校验码与主办单位核对。", "If you question the result, the organiser can check it with this checksum.";
    answers_not_shown: "本次考试不公布答案。", "The answers of this exam are not published.";
    explanation: "解析", "Explanation";
    show_all: "全部题目", "All questions";
    show_wrong: "只看错题", "Wrong ones only";
    nothing_wrong: "没有答错的题。", "No question was answered wrongly.";

    // Certificates
    certificates_title: "我的证书", "My certificates";
    certificates_empty_title: "还没有证书", "No certificate yet";
    certificates_empty_text: "修满学时并通过考试后，证书会显示在这里。", "Once you have earned the hours and passed the exam, the certificate appears here.";
    certificate_number: "证书编号", "Number";
    certificate_issued: "发证日期", "Issued";
    download_pdf: "下载 PDF", "Download PDF";
    making_pdf: "正在生成 PDF", "Making the PDF";
    pdf_done: "PDF 已生成，请在浏览器的下载记录中查看。", "The PDF is ready. Find it in your browser's downloads.";
    certificate_class: "培训班", "Class";
    pdf_failed_title: "PDF 生成失败", "The PDF was not made";
    pdf_failed: "证书不受影响。请重试，或用“打印”另存为 PDF。", "The certificate is safe. Try again, or print it to a PDF.";
    pdf_unreachable: "证书不受影响，生成 PDF 所需的文件下载失败。请检查网络后重试。", "The certificate is safe; the files needed to make the PDF could not be downloaded. Check the connection and try again.";
    print: "打印", "Print";
    certificate_note: "下载打印的证书与纸质证书具有同等效力。", "A certificate downloaded and printed here has the same force as one issued on paper.";

    // Account
    me_title: "我的", "Account";
    name: "姓名", "Name";
    unit: "工作单位", "Unit";
    post: "职务", "Post";
    id_number: "身份证号", "ID number";
    sign_out: "退出登录", "Sign out";
    device_title: "本机记录", "On this device";
    device_nothing: "没有待上传的记录。", "Nothing is waiting to be sent.";
    sign_out_unsent_title: "还有记录没有上传", "Some records are not sent yet";
    sign_out_unsent_text: "记录会留在本机，您下次在本机登录后继续上传。使用公用电脑时，请等上传完成后再退出。", "They stay on this device and are sent when you next sign in here. On a shared computer, wait until they are sent.";
    sign_out_unsaved_title: "有记录尚未保存", "Some records are not saved anywhere";
    sign_out_unsaved_text: "部分记录既未上传，也未能存到本机，现在退出将会丢失。请检查网络，待上传完成后再退出。", "Some are neither sent nor stored on this device: if you sign out now, they are lost. Check the connection, and wait until they are sent.";
    sign_out_failed_title: "未能退出登录", "You are still signed in";
    sign_out_failed_text: "您在本机仍处于登录状态。请检查网络后重试；在公用电脑上，退出成功前请不要离开。", "The server could not be told. Check the connection and try again; on a shared computer, do not leave before you are signed out.";
    sign_out_anyway: "仍要退出", "Sign out anyway";
}
