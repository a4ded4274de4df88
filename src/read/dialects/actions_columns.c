/* actions_columns - what the columns of plans are called. */
#include "read/dialect_int.h"

const struct dialect_column action_columns[ACTION_FIELDS] = {
    [ACTION_ID] = {"ID", false,
                   "Code|No.|Ref|Reference|Ref no.|Reference number|Action no.|Action number|"
                   "Action ID|Action ref|Action reference|Action code|Item|Item no.|Number|CO",
                   "the action's number; always text"},
    [ACTION_THEME] = {"Theme", false,
                      "Council theme|Life-course themes|Themes|Corporate theme|Strategic theme|"
                      "Pillar",
                      "a theme above priorities"},
    [ACTION_PRIORITY] = {"Priority", false,
                         "Priority area|Priorities|Priority theme|Corporate priority|"
                         "Strategic priority|Ambition|Group",
                         "the priority it serves"},
    [ACTION_FOCUS] = {"Focus", false, "Focus area|Area of focus|Workstream|Programme",
                      "what the priority is about"},
    [ACTION_OBJECTIVE] = {"Objective", false,
                          "Objectives|Aim|Aims|Goal|Goals|Strategic objective|Key objective|"
                          "What we want to achieve",
                          "what is to be reached"},
    [ACTION_TITLE] = {"Action", true,
                      "Key activity|What we will do|Activity|Actions|Action title|Action name|"
                      "Key action|Key actions|Task|Task name|Title|Agreed action|Action required|"
                      "Action to be taken|What will we do|What are we going to do|"
                      "What is the project or initiative",
                      "what will be done"},
    [ACTION_STATUS] = {"Status", false,
                       "RAG|RAG status|RAG rating|BRAG|BRAG status|BRAG rating|RAGB|Action status|"
                       "Current status|Overall status|Delivery status|Progress status|Overall RAG|"
                       "Current RAG|Status icon",
                       "Red, Amber, Green, …"},
    [ACTION_PROGRESS] = {"Progress", false,
                         "Update|Updates|Progress update|Update on actions*|Latest note|"
                         "Latest notes|Latest update|Progress to date|Progress so far|"
                         "Progress notes|Progress report|Quarterly update|Current position|"
                         "Commentary|Comments|Comment|Narrative|Notes|What was the result*",
                         "what happened since"},
    [ACTION_NEXT_STEPS] = {"Next steps", false,
                           "Next step|Planned work|Next actions|Next action|Planned next steps|"
                           "What next|What's next|Future actions|Planned activity",
                           "what comes next"},
    [ACTION_MILESTONES] = {"Milestones", false, "Milestone|Key milestones|Key milestone|Key dates",
                           "steps on the way"},
    [ACTION_TARGET] = {"Target", false,
                       "Success measure|Success measures|Target/Outcome|Targets|Measure|Measures|"
                       "Measure of success|Measures of success|Success criteria|"
                       "Performance measure|KPI|KPIs|What success looks like|"
                       "How will you measure success*|How will we know*",
                       "how success is told"},
    [ACTION_DUE] = {"Due", false,
                    "By when|Deadline|Due date|Date due|Due by|Target date|Timescale|Timescales|"
                    "Timeframe|Completion date|Target completion date|Planned completion date|"
                    "Expected completion date|Planned end date|End date|Finish date|Delivery date|"
                    "Complete by|To be completed by|When",
                    "a date, or a period by whose end it is due"},
    [ACTION_OWNER] = {"Owner", false,
                      "Owners|Lead|Leads|Who will deliver this|Lead officer|Lead partner|"
                      "Lead agency|Lead organisation|Delivery lead|Action owner|Assigned to|"
                      "Managed by|Responsible officer|Accountable officer|Person responsible|"
                      "Responsible person|Responsible|Responsibility|By whom|Who",
                      "who leads or delivers"},
    [ACTION_TEAM] = {"Team", false,
                     "Teams|Service|Service area|Lead service|Department|Directorate|Division|"
                     "Business unit",
                     "the team or service"},
    [ACTION_PORTFOLIO] = {"Portfolio", false,
                          "Portfolio holder|Cabinet portfolio|Cabinet member|Lead member|"
                          "Executive member",
                          "the cabinet portfolio"},
    [ACTION_INDICATOR] = {"Indicator", false,
                          "Indicators|Headline indicator|Headline indicators|"
                          "Performance indicator|Performance indicators",
                          "the figure it should move"},
    [ACTION_LINKS] = {"Links", false,
                      "Links to other plans|Related strategy/plan|Related strategy|Related plans|"
                      "Linked plans|Links to strategy|Critical outcomes contributed|"
                      "How does this link*",
                      "strategies and plans it belongs to"},
    [ACTION_FUNDING] = {"Funding", false,
                        "Funding source|Resources|Resource|Resource implications|"
                        "Resources required|Budget|Cost|Costs|What is the funding*",
                        "money behind it"},
    [ACTION_DESCRIPTION] = {"Description", false,
                            "Details|Detail|Action details|Sub-actions|Rationale|Background|"
                            "What is the rationale*",
                            "what stands behind the action's name"},
    [ACTION_START] = {"Start", false, "Start date|Planned start date|Date started", "as written"},
    [ACTION_PERCENT] = {"Percent complete", false,
                        "% complete|Percentage complete|Progress bar|Progress %|% progress|"
                        "Completion",
                        "how much is done, as written"},
    [ACTION_REASON] = {"Reason", false,
                       "Reason for status|Status commentary|Status comment|RAG commentary|"
                       "RAG comment|Reason for RAG|Reason for RAG status|Reason for delay",
                       "why the status is what it is"},
    [ACTION_OUTPUTS] = {"Outputs", false, "Output|Key outputs|Deliverables|What are the outputs*",
                        "what it makes"},
    [ACTION_OUTCOME] = {"Outcome", false,
                        "Outcomes|Expected outcome|Expected outcomes|Desired outcome|"
                        "Desired outcomes|Intended outcome|Intended outcomes|Impact|Benefits|"
                        "Outcomes for community|What outcome*",
                        "what it changes"},
    [ACTION_PARTNERS] = {"Partners", false,
                         "Partner|Supporting partners|Delivery partners|Other partners|"
                         "Key partners|Supported by|Which partners*",
                         "who helps"},
    [ACTION_RISKS] = {"Risks", false, "Risk|Key risks|Risks and issues|Issues and risks|Issues",
                      "what may go wrong"},
};
