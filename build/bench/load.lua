-- Calls of the licence Web API for wrk: wrk … -s load.lua URL -- CALL KEYS TOKEN MACHINES PAUSE
--
-- CALL is `get`, `again` (the machine that each key was activated on before) or `new` (a machine that no key has
-- seen, its code begins with MACHINES). KEYS is a file with a line of parameters per licence key. PAUSE is the mean
-- wait of each connection before its next call in milliseconds, exponentially spread; 0: none.

local call, token, machines
local keys = {}
local made = 0

function init(args)
  call, token, machines = args[1], args[3], args[4]
  for line in io.lines(args[2]) do keys[#keys + 1] = line end
  local pause = tonumber(args[5])
  math.randomseed(1)
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
  if pause > 0 then
    delay = function() return math.floor(-math.log(1 - math.random()) * pause + 0.5) end
  end
end

function request()
  made = made + 1
  -- A prime keeps neighbours apart, so that each page of the database is as likely as any other.
  local body = "token=" .. token .. "&" .. keys[made * 7919 % #keys + 1] .. "&Sign=True&SignMethod=1&ModelVersion=3"
  if call == "get" then return wrk.format("POST", "/api/key/GetKey", nil, body) end
  local machine = call == "new" and machines .. made or "own"
  return wrk.format("POST", "/api/key/Activate", nil, body .. "&MachineCode=" .. machine)
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
  io.write(string.format('RESULT {"calls": %d, "seconds": %f, "failed": %d, "p50": %d, "p99": %d}\n', summary.requests,
    summary.duration / 1e6, failed, latency:percentile(50), latency:percentile(99)))
end
