-- For wrk: one request, over and over. Prints what was measured as one line of JSON.
-- Arguments after `--`: method, body, a text that every answer must hold (may be empty), a text that
-- none may hold, then headers as name and value.

-- ARACARI_BENCH_BODIES names a file with a body a line, which are sent one after the other;
-- ARACARI_BENCH_TOKENS one with a bearer token a line, of which each request takes one at random.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  wrk.method = args[1]
  if args[2] ~= "" then wrk.body = args[2] end
  for i = 5, #args, 2 do wrk.headers[args[i]] = args[i + 1] end
  local file = os.getenv("ARACARI_BENCH_BODIES")
  if file and file ~= "" then
    local bodies, next = {}, 0
    for line in io.lines(file) do bodies[#bodies + 1] = line end
    function request()
      next = next % #bodies + 1
      return wrk.format(nil, nil, nil, bodies[next])
    end
  end
  local tokens_file = os.getenv("ARACARI_BENCH_TOKENS")
  if tokens_file and tokens_file ~= "" then
    local requests = {}
    for line in io.lines(tokens_file) do
      wrk.headers["authorization"] = "Bearer " .. line
      requests[#requests + 1] = wrk.format()
    end
    math.randomseed(4711)
    function request() return requests[math.random(#requests)] end
  end
  wrong = 0
  -- Only where it is needed: looking at answers costs wrk more than sending requests.
  if args[3] ~= "" then
    function response(_, _, body)
      local right = body:find(args[3], 1, true) and not body:find(args[4], 1, true)
      if not right then wrong = wrong + 1 end
    end
  end
end

function done(summary, latency)
  local bad = 0
  for _, thread in ipairs(threads) do bad = bad + thread:get("wrong") end
  local errors = summary.errors
  print(string.format(
    '{"rate":%f,"least_us":%d,"p50_us":%d,"p99_us":%d,"requests":%d,"failed":%d}',
    summary.requests / (summary.duration / 1e6), latency.min, latency:percentile(50),
    latency:percentile(99), summary.requests,
    bad + errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
