-- What wrk sends in one run, told by `name=value` arguments after `--`:
--   host, path, authorization, prefix   one request; its form body is the prefix and then a value
--   values, width, step                 a file of values of one width, a newline after each, asked in strides; or else
--   start                               the number from which fresh ten-digit values are counted
--   revoke                              a path: the next request revokes there the token just answered
--   method, bytes                       one constant request with a body of so many bytes
-- Values stand last in a request: LuaJIT hashes a string by a few of its bytes, and its last ones are among them.

local function head(told, path, length)
  return 'POST ' .. path .. ' HTTP/1.1\r\nHost: ' .. told.host .. '\r\nAuthorization: ' .. told.authorization
    .. '\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ' .. length .. '\r\n\r\n'
end

local function storedValues(told)
  local file = assert(io.open(told.values, 'rb'))
  local text = file:read('*a')
  file:close()
  local width, step = tonumber(told.width), tonumber(told.step)
  local count, at = math.floor(#text / (width + 1)), tonumber(told.start)
  return width, function()
    at = (at + step) % count
    local offset = at * (width + 1)
    return text:sub(offset + 1, offset + width)
  end
end

local function freshValues(told)
  local at = tonumber(told.start)
  return 10, function()
    at = at + 1
    return string.format('%010d', at)
  end
end

function init(args)
  local told = {}
  for _, argument in ipairs(args) do
    local name, value = argument:match('^(%a+)=(.*)$')
    if name then told[name] = value end
  end

  if told.method then
    local bytes = tonumber(told.bytes)
    local text = told.method .. ' ' .. told.path .. ' HTTP/1.1\r\nHost: ' .. told.host .. '\r\nAuthorization: '
      .. told.authorization .. '\r\n' .. (bytes > 0 and 'Content-Length: ' .. bytes .. '\r\n' or '') .. '\r\n'
      .. string.rep('a', bytes)
    request = function() return text end
    return
  end

  local width, nextValue = (told.values and storedValues or freshValues)(told)
  local start = head(told, told.path, #told.prefix + width) .. told.prefix
  local function issue() return start .. nextValue() end
  if not told.revoke then
    request = issue
    return
  end

  local issued, first, last = {}, 1, 0
  request = function()
    if first > last then return issue() end
    local token = issued[first]
    issued[first] = nil
    first = first + 1
    return head(told, told.revoke, 6 + #token) .. 'token=' .. token
  end
  response = function(status, headers, body)
    local token = body:match('"access_token":"([%w._-]+)"')
    if token then
      last = last + 1
      issued[last] = token
    end
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"durationUs":%d,"p99Us":%d,"broken":%d,"late":%d,"refused":%d}\n',
    summary.requests, summary.duration, latency:percentile(99),
    errors.connect + errors.read + errors.write, errors.timeout, errors.status
  ))
end
