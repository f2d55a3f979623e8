-- What wrk sends, from the environment: METHOD, BODY, AUTHORIZATION, TYPE, COOKIE, ORIGIN. At its end: one line with
-- requests a second (where statuses are counted, those that succeeded), 50th and 99th percentile in milliseconds, and
-- how often each status came.
local counted = os.getenv("COUNT") == "1"

function setup(thread) _G.worker = thread end

function init()
  wrk.method = os.getenv("METHOD") or "GET"
  wrk.body = os.getenv("BODY")
  local names = { AUTHORIZATION = "Authorization", TYPE = "Content-Type", COOKIE = "Cookie", ORIGIN = "Origin" }
  for variable, header in pairs(names) do
    local value = os.getenv(variable)
    if value and value ~= "" then wrk.headers[header] = value end
  end
  seen = {}
end

-- Counting costs a little for each answer; only rows with few answers ask for it.
if counted then
  function response(status) seen[status] = (seen[status] or 0) + 1 end
end

function done(summary, latency)
  local seconds = summary.duration / 1e6
  local text, good = "", summary.requests
  if counted then
    good = 0
    for status, times in pairs(worker:get("seen")) do
      text = text .. " " .. status .. "=" .. times
      if status < 300 then good = good + times end
    end
  end
  print(string.format("RESULT %.1f %.2f %.2f errors=%d timeouts=%d%s", good / seconds,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status, summary.errors.timeout, text))
end
