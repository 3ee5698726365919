// Draws what the admin API tells, every second while somebody looks. Texts of devices go into text nodes only.
"use strict";

const ROWS_MAX = 100; // instances that are listed; the totals count all
const FILTER_FROM = 12; // instances from which on a filter is of use
const ARRIVALS = 15;
const CHART = { width: 720, height: 190 };

const at = id => document.getElementById(id);
const rows = new Map(); // ID scope -> the cells of its row
let chosen = null; // the ID scope that the chart and the arrivals are about; null for all
let timer = 0;

const number = new Intl.NumberFormat("en-US");
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3 });

function element(tag, text, properties) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  return Object.assign(made, properties);
}

async function told(path) {
  const response = await fetch(path, { cache: "no-store", signal: AbortSignal.timeout(5000) });
  if (!response.ok) throw new Error(`${path} answers ${response.status}`);
  return response.json();
}

async function refresh() {
  clearTimeout(timer);
  if (document.hidden) return live("paused", "");
  let seconds = 1;
  try {
    const of = chosen ? `instances/${encodeURIComponent(chosen)}/` : "";
    const [instances, rates, arrivals] = await Promise.all([
      told("instances"), told(`${of}rates`), told(`${of}arrivals?limit=${ARRIVALS}`)]);
    const all = instances.value;
    drawTotals(all);
    drawInstances(all);
    drawChart(rates, all.filter(instance => !chosen || instance.idScope === chosen));
    drawArrivals(chosen ? arrivals.value.reverse() : arrivals.value, new Map(all.map(i => [i.idScope, i.name])));
    seconds = all.length > ROWS_MAX ? 5 : 1;
    live(`live, every ${seconds === 1 ? "second" : seconds + " seconds"}`, "good");
  } catch {
    live("the emulator does not answer", "bad");
  }
  clearTimeout(timer);
  timer = setTimeout(refresh, seconds * 1000);
}

function live(text, kind) {
  if (at("live").textContent !== text) at("live").textContent = text;
  at("live").className = kind;
}

function drawTotals(all) {
  const sum = key => all.reduce((total, instance) => total + instance[key], 0);
  const throttled = sum("throttled");
  const faults = all.filter(instance => instance.activeFaults.length > 0).length;
  const totals = [
    ["instances", all.length], ["devices", sum("registered")], ["in the last minute", sum("currentSlidingMinute")],
    ["throttled", throttled, throttled > 0], ["refused", sum("refused")], ["with faults", faults, faults > 0]];
  at("totals").replaceChildren(...totals.map(([name, value, bad]) => {
    const tile = element("div", undefined, { className: bad ? "bad" : "" });
    tile.append(element("dt", name), element("dd", number.format(value)));
    return tile;
  }));
}

function drawInstances(all) {
  const wanted = at("filter").value.trim().toLowerCase();
  const found = all.filter(i => !wanted || i.name.toLowerCase().includes(wanted) || i.idScope.toLowerCase().includes(wanted));
  const listed = found.slice(0, ROWS_MAX);
  at("filter-label").hidden = all.length < FILTER_FROM;
  at("shown").textContent = listed.length === all.length ? "" : `${listed.length} of ${number.format(all.length)} shown`;
  if ([...rows.keys()].join() !== listed.map(i => i.idScope).join()) {
    rows.clear();
    at("instances").replaceChildren(...listed.map(row));
  }
  listed.forEach(fill);
}

function row(instance) {
  const line = element("tr");
  const choose = element("button", instance.name, { type: "button", title: "Show this instance alone" });
  choose.addEventListener("click", () => show(chosen === instance.idScope ? null : instance.idScope));
  const cell = (label, className) => {
    const made = element("td", undefined, { className: className ?? "" });
    made.dataset.label = label;
    line.append(made);
    return made;
  };
  cell("").append(choose);
  cell("ID scope").append(element("span", instance.idScope, { className: "code" }));
  rows.set(instance.idScope, {
    line, choose, devices: cell("Devices", "number"), current: measured(cell("Last minute")), worst: measured(cell("Worst minute")),
    throttled: cell("Throttled", "number"), refused: cell("Refused", "number"), faults: cell("Faults") });
  return line;
}

function measured(cell) {
  const track = element("span", undefined, { className: "track" });
  const part = element("span");
  const text = element("span");
  track.append(part);
  track.setAttribute("aria-hidden", "true");
  cell.append(track, text);
  return { cell, part, text };
}

function fill(instance) {
  const cells = rows.get(instance.idScope);
  cells.line.className = chosen === instance.idScope ? "chosen" : "";
  cells.choose.setAttribute("aria-pressed", String(chosen === instance.idScope));
  cells.devices.textContent = number.format(instance.registered);
  measure(cells.current, instance.currentSlidingMinute, instance.limitPerMinute);
  measure(cells.worst, instance.worstSlidingMinute, instance.limitPerMinute);
  cells.throttled.textContent = number.format(instance.throttled);
  cells.throttled.className = instance.throttled > 0 ? "number bad" : "number";
  cells.refused.textContent = number.format(instance.refused);
  const faults = instance.activeFaults.join();
  if (cells.faults.dataset.faults !== faults) {
    cells.faults.dataset.faults = faults;
    cells.faults.replaceChildren(...instance.activeFaults.map(kind => element("span", kind, { className: "fault" })));
  }
}

/** Over the limit it takes the colour of trouble: a fixed window or a bucket allows that. */
function measure({ cell, part, text }, value, limit) {
  part.style.width = `${Math.min(100, value / limit * 100).toFixed(1)}%`;
  cell.className = value > limit ? "over" : "";
  text.textContent = `${number.format(value)} of ${number.format(limit)}`;
}

function drawChart(rates, instances) {
  const { accepted, throttled } = rates;
  const limit = instances.reduce((sum, instance) => sum + instance.limitPerMinute, 0) / 60;
  const peak = Math.max(...accepted.map((count, second) => count + throttled[second]));
  const top = rounded(Math.max(peak, limit, 1));
  const step = CHART.width / accepted.length;
  const y = count => CHART.height - count / top * (CHART.height - 8);
  const bars = (counts, below) => counts.map((count, second) => count === 0 ? ""
    : `M${(second * step).toFixed(2)} ${y(below[second]).toFixed(2)}h${(step * 0.85).toFixed(2)}V${y(below[second] + count).toFixed(2)}h${(-step * 0.85).toFixed(2)}z`).join("");
  at("accepted").setAttribute("d", bars(accepted, accepted.map(() => 0)));
  at("throttled").setAttribute("d", bars(throttled, accepted));
  at("grid").setAttribute("d", [0.25, 0.5, 0.75, 1].map(part => `M0 ${y(top * part).toFixed(2)}H${CHART.width}`).join(""));
  at("limit").setAttribute("d", `M0 ${y(limit).toFixed(2)}H${CHART.width}`);
  at("limit-text").textContent = `limit, ${limit.toFixed(1)} a second`;
  at("peak").textContent = `highest ${number.format(peak)}`;
  at("top").textContent = number.format(top);
  at("half").textContent = number.format(top / 2);
  at("chart").setAttribute("aria-label", `The last two minutes: at most ${peak} a second; in the last second ${accepted.at(-1)} accepted and ${throttled.at(-1)} throttled`);
  at("chart-title").textContent = `Register requests per second, ${chosen && instances.length ? instances[0].name : "all instances"}`;
  at("everything").hidden = !chosen;
}

/** The next number that people like: 1, 2 or 5 times a power of ten. */
function rounded(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map(factor => factor * power).find(candidate => candidate >= value);
}

function drawArrivals(arrivals, names) {
  at("none").hidden = arrivals.length > 0;
  at("arrivals-table").hidden = arrivals.length === 0;
  at("arrivals").replaceChildren(...arrivals.map(arrival => {
    const line = element("tr");
    line.append(
      element("td", clock.format(new Date(arrival.time))),
      element("td", arrival.registrationId, { className: "code" }),
      element("td", names.get(arrival.idScope ?? chosen) ?? ""),
      element("td", String(arrival.status), { className: arrival.status >= 400 ? "status-bad" : "" }));
    return line;
  }));
}

function show(idScope) {
  chosen = idScope;
  refresh();
}

at("everything").addEventListener("click", () => show(null));
at("filter").addEventListener("input", refresh);
document.addEventListener("visibilitychange", refresh);
refresh();
