"""Words that mean the same in newcomers' questions, and short forms of chat."""

ALIKE = """
deadline: deadlines last_date last_day due_date due cutoff cut_off closing_date final_date
mailinglist: mailing_list mailinglists mailing_lists ml_list devel_list
email: mail mails emails e_mail e_mails email_id mail_id email_address mail_address gmail emailed
    mailed mailing
pr: prs pull_request pull_requests patch patches merge_request merge_requests mr commit commits
opensource: open_source oss foss
gsoc: google_summer_of_code summer_of_code gsoc'26 soc
timezone: time_zone time_zones timezones
utc: gmt ist
fulltime: full_time
parttime: part_time
highschool: high_school schoolboy
officehour: office_hour office_hours officehours
howmany: how_many
howmuch: how_much
howlong: how_long
howoften: how_often
firstissue: good_first_issue good_first_issues good_first_bug good_first_bugs
issue: issues bug bugs ticket tickets
proposal: proposals application applications propsal propsals porposal proposel
apply: applying applied applies
submit: submitting submitted submission submissions submits sumbit send sending sent upload
    uploading uploaded turn_in hand_in
select: get_in gets_in getting_in get_into getting_into got_in get_accepted getting_accepted
    in_gsoc_selected selected selecting selection selections accept accepted accepting acceptance
    choose chosen choosing choosen pick picked picking shortlist shortlisted shortlisting
rejected: reject rejection turned_down declined
idea: ideas idee project projects topic topics
mentor: mentors mentoring mentored supervisor supervisors
admin: admins administrator administrators organiser organisers organizer organizers org_admin
    org_admins coordinator
org: orgs organisation organisations organization organizations community communities
student: students contributor contributors applicant applicants candidate candidates participant
    participants gsocer
people: person persons peoples
participate: participating participation participated participates take_part taking_part took_part
    taken_part takes_part partake
pay: pays paid payment payments payout salary stipend stipends salaries money paying paypal
    payoneer
contribute: contributing contribution contributions contributed contributes
review: reviewed reviewing reviews reveiw
feedback: feedbacks
comment: comments suggestion suggestions remark remarks input inputs thoughts opinion opinions
    critique criticism reaction reactions
look: looking_at have_look take_look take_a_look have_a_look look_at look_over go_through eyes
    glance peek look_through checking proofread
draft: drafts rough_version outline outlines sketch
edit: editing edited edits
change: changes changing changed changeable switch switching alter altered adjust
update: updates updated updating
modify: modified modifying
start: starts starting started begin begins beginning began commence
end: ends ending ended finish finishes
open: opens opened opening
close: closes closed closing
result: results outcome_of_selection
announce: announced announcing announcement announcements declare declared released release
    published publish publishing
talk: speak chat discuss discussing discussed discussion talking
contact: contacted contacting reach reach_out get_in_touch in_touch get_touch approach ping
    pinging
ask: asking asked
question: questions query queries doubt doubts
required: require requires requirement requirements mandatory compulsory obligatory necessary
    needed prerequisite prerequisites
need: needs
must: have_to has_to got_to
want: wants wanted wanna would_like want_to
interested: interest intrested interesting_in
beginner: beginners newbie newbies newcomer newcomers novice new_contributor new_contributors noob
    fresher
eligible: eligibility eligable elligible allowed_to_participate qualify
criteria: criterion
evaluation: evaluations evals eval midterm mid_term midterms
hour: hours hrs hr
week: weeks weekly
month: months
day: days daily
year: years
meeting: meetings standup standups
blog: blogs blogging blogpost blogposts blog_post blog_posts
report: reports reporting
template: templates
sample: samples example examples
slot: slots
channel: channels room rooms irc_channel
slack: slacks
guide: guides guiding guided guidance
help: helps helping
task: tasks
beginnerfriendly: beginner_friendly newcomer_friendly
see: view seen visible_to access accessible
read: reads reading
visible: visibility
team: teams
group: groups
friend: friends classmate classmates colleague colleagues roommate partner batchmate teammate
together: jointly
exam: exams examination examinations
internship: internships intern
job: jobs
vacation: vacations holiday holidays
quit: quitting drop_out dropping_out dropout
fail: fails failed failing
available: vacant free unclaimed
taken: claimed assigned_to occupied
list: lists listed listing
link: links url
timeline: timelines schedule schedules calendar
phone: phone_number phone_numbers mobile_number telephone
whatsapp: whats_app watsapp
rank: ranks ranked ranking rankings vote votes voting voted
score: scores marks
language: languages
error: errors exception traceback segfault crash crashes crashed
build: builds building built compile compiles compiling compiled compilation
install: installing installed installation setup set_up setting_up
code: codes coding codebase code_base
test: tests testing tested
merge: merged merges merging
propose: proposing proposed proposes suggest suggesting suggested
another: other others
twice: two_times
again: once_more
interview: interviews
certificate: certificates certification
document: documents documentation_proof papers
tax: taxes taxed taxable taxation
visa: visas f1 f_1 j1
age: years_old
hire: hires hired recruit recruits recruited recruiting
chatgpt: chat_gpt gpt claude gemini
ai: artificial_intelligence
copilot: cursor
llm: llms
tell: telling
form: forms
two: three both several multiple more_than_one couple
chance: chances probability odds percentage percent ratio likelihood likely rate possibility
    possibilities
tip: tips
fix: fixing fixed fixes solve solving solved resolve resolving
exercise: warmup warm_up challenge microproject microprojects micro_project coding_test
    qualification screening coding_challenge assignment
site: website webapp web_app portal dashboard melange webpage system
wiki: wikis
tech: web python java javascript js rust c c++ c# golang kotlin react reactjs android ios ml
    machine_learning deep_learning nlp frontend front_end backend back_end database databases sql
    networking opengl vulkan docker kubernetes haskell ruby php perl scala typescript nodejs node
    django flask cuda gpu compiler compilers llvm web_development security cryptography embedded
    blockchain computer_vision data_science qt gtk html css wasm webassembly assembly swift
    flutter robotics
monthname: january february april june july august september october november december
weekday: monday tuesday wednesday thursday friday saturday sunday tomorrow today tonight
same: identical
prefer: preferred preference preferable priority
important: importance weight weightage
judge: judged assess assessed evaluate evaluated grade graded
know: knows known
next: afterwards
learn: learning study
recommend: recommended recommendation
prepare: preparing preparation
familiar: familiarise familiarize familiarity acquainted
lock: locked frozen final_and
incomplete: unfinished partial half_done
expect: expected expecting expects
optional: voluntary
count: counts counted considered
late: later
scope: in_scope
difficult: difficulty hard tough
suit: suitable suits suited
skill: skills
mention: mentioned
far: remote
gradcourse: bachelor bachelors master masters phd undergraduate postgraduate freshman sophomore
    btech mtech degree
graduate: graduated graduation graduating
enroll: enrolled enrolment enrollment university_student
company: working_professional professional professionals employee employed industry
check: checked checks verify
summary: abstract overview synopsis
pdf: latex markdown docx odt doc msword
guideline: guidelines instructions instruction
left: remaining remain remains
withdraw: withdrawing withdrawn take_back take_it_back retract revoke cancel
register: registration registering registered sign_up signup signing_up sign_in enrol
lost: stuck clueless confused
newcomer_path: usual_path roadmap
fee: fees
acceptable: admissible
away: absent unavailable leave_for
weekend: weekends
old: older
college: colleges university universities uni campus institute
class: classes lecture lectures semester semesters coursework course courses
experience: experienced background
previous: prior past earlier former last_year last_summer
repo: repository repositories
archive: archived archives
limit: limited limits maximum max
official: officially
decide: decides decided decision decisions deciding determine determined made_up_mind
    make_up_their_mind made_up_their_mind
compete: competing competition competitive competitor competitors rival
explain: explained explanation elaborate
detail: details detailed detailled
possible: possibly feasible_to
allow: allowed allows permitted permissible fine_to ok_to okay_to alright_to
introduce: introduction introducing intro introductions
wait: waiting
reply: replied response responses responded respond answer answered answers replies
join: joining joined
involve: involved involving involves
hint: hints
include: includes included including contain contains cover covers
write: writing written wrote fill filling filled
plan: plans planning planned
show: shown showing shows
share: shared sharing
put: putting place_it
proceed: proceeding go_ahead go_further move_forward moving_forward continue
advise: advised recommend_me
wrong: mistake mistakes mistaken mistakenly incorrect
number_of: amount
term: terms
duplicate: overlap overlapping overlaps
language_native: native_speaker english
citizen: nationality country countries citizens resident
"""
"""What means the same to us: the first word stands for the others. A word with _ is
several, and a line that is indented goes on with the one above."""

SHORT = {
    "u": "you",
    "ur": "your",
    "r": "are",
    "y": "why",
    "plz": "please",
    "pls": "please",
    "plese": "please",
    "abt": "about",
    "wat": "what",
    "wht": "what",
    "wats": "what is",
    "whats": "what is",
    "whos": "who is",
    "wheres": "where is",
    "whens": "when is",
    "hows": "how is",
    "hw": "how",
    "wen": "when",
    "frm": "from",
    "ppl": "people",
    "im": "i am",
    "ive": "i have",
    "id": "id",
    "dont": "do not",
    "doesnt": "does not",
    "didnt": "did not",
    "cant": "can not",
    "cannot": "can not",
    "couldnt": "could not",
    "wont": "will not",
    "isnt": "is not",
    "arent": "are not",
    "havent": "have not",
    "hasnt": "has not",
    "wasnt": "was not",
    "shouldnt": "should not",
    "wouldnt": "would not",
    "neednt": "need not",
    "gonna": "going to",
    "smth": "something",
    "sth": "something",
    "wana": "want to",
    "shud": "should",
    "cud": "could",
    "wud": "would",
    "bcoz": "because",
    "nd": "and",
    "n": "and",
    "hv": "have",
    "gud": "good",
    "thru": "through",
    "till": "until",
    "til": "until",
    "proj": "project",
    "info": "information",
    "whom": "who",
    "w": "with",
    "wanna": "want to",
}
"""Short forms, and what they are short for."""
