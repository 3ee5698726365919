"use strict";
// A Cosmos DB of this machine: @vercel/cosmosdb-server, and what the Java client needs of it beyond that.
// Prints "READY <port>", and ends when its standard input does, so that it never outlives who started it.

const { createHttpServer } = require("@vercel/cosmosdb-server");
const Databases = require("@vercel/cosmosdb-server/lib/account/databases").default;

// Names of databases are numbers in base 64, and it does not find again what has one of the last two digits, + and /: these are left out.
const { _rid } = Databases.prototype;
Databases.prototype._rid = function rid(number) {
  return _rid.call(this, number + 2 * Math.floor(number / 62));
};

const QUERY_PLAN = JSON.stringify({
  partitionedQueryExecutionInfoVersion: 2,
  queryInfo: {
    distinctType: "None",
    top: null,
    offset: null,
    limit: null,
    orderBy: [],
    orderByExpressions: [],
    groupByExpressions: [],
    groupByAliases: [],
    aggregates: [],
    groupByAliasToAggregateType: {},
    rewrittenQuery: "",
    hasSelectValue: false,
  },
  queryRanges: [{ min: "", max: "FF", isMinInclusive: true, isMaxInclusive: false }],
});

const CROSS_PARTITION = "x-ms-documentdb-query-enablecrosspartition";
const DOCUMENT = /^\/+dbs\/[^/]+\/colls\/[^/]+\/docs\/[^/]+\/?$/;
const DOCUMENTS = /^\/+dbs\/[^/]+\/colls\/[^/]+\/docs/;
const CONTAINER = /^\/+(dbs\/[^/]+)\/colls\/[^/]+\/?$/;

function isQuery(req) {
  return req.method === "POST"
    && (req.headers["x-ms-documentdb-isquery"] || req.headers["content-type"] === "application/query+json");
}

function answer(res, body) {
  res.writeHead(200, {
    "content-type": "application/json",
    "x-ms-request-charge": "1",
    "x-ms-activity-id": "00000000-0000-0000-0000-000000000000",
  });
  res.end(body);
}

// The query language of the server lacks this one function.
function answerTime(res) {
  answer(res, JSON.stringify({ _rid: "", _count: 1, Documents: [{ now: Date.now() }] }));
}

function mend(req, res) {
  if (isQuery(req) || DOCUMENT.test(req.url)) {
    req.headers[CROSS_PARTITION] = "True"; // or else it answers 500 for an item that is not there
  }
  if (req.headers["if-match"]) {
    req.headers["if-match"] = req.headers["if-match"].replace(/"/g, ""); // its ETags have no quotes
  }
  const container = CONTAINER.exec(req.url);
  if (req.method === "GET" && container) {
    res.setHeader("x-ms-alt-content-path", container[1]);
  }
}

// An account has so much throughput a second and refuses what comes beyond; this one does so when it is told how many requests it takes.
const REQUESTS_PER_SECOND = Number(process.env.BERTH_LOCAL_COSMOS_REQUESTS_PER_SECOND || Infinity);
let second = 0;
let spent = 0;

function isBeyondThroughput(req) {
  if (!DOCUMENTS.test(req.url) || req.headers["x-ms-cosmos-is-query-plan-request"]) {
    return false;
  }
  const now = Math.floor(Date.now() / 1000);
  spent = now === second ? spent + 1 : 1;
  second = now;
  return spent > REQUESTS_PER_SECOND;
}

function refuse(req, res) {
  req.resume();
  res.writeHead(429, { "x-ms-retry-after-ms": String(1000 - (Date.now() % 1000)), "x-ms-substatus": "3200" });
  res.end();
}

const server = createHttpServer({ keepAlive: true });
const [serve] = server.listeners("request");
server.removeAllListeners("request");
server.on("request", (req, res) => {
  if (isBeyondThroughput(req)) {
    refuse(req, res);
  } else if (req.headers["x-ms-cosmos-is-query-plan-request"]) {
    req.resume();
    answer(res, QUERY_PLAN); // it would take the question for the query
  } else if (isQuery(req) && req.headers["x-ms-documentdb-partitionkey"] === '["clock"]') {
    req.resume();
    answerTime(res);
  } else {
    mend(req, res);
    serve(req, res);
  }
});
server.keepAliveTimeout = 0;
server.listen(Number(process.argv[2] || 0), "127.0.0.1", () => console.log(`READY ${server.address().port}`));

process.stdin.on("end", () => process.exit(0)).resume();
