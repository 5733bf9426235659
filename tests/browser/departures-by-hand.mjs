// Every chart of the dashboard Departures for one state, answered by SQL written by hand against the Parquet file, as the
// texts that a viewer must read: one list of cells a row, the heads first.

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'];

/** @returns {Promise<Map<string, string[][] | string>>} by chart name; a single text for a value tile. */
export async function answerByHand(flights, state) {
  const rows = (sql) => flights.rows(sql.replaceAll(':state', `'${state}'`));
  const [[count, delay]] = await rows(
    `SELECT count(*), avg(delay) FROM flights WHERE origin_state = :state`,
  );
  const byMonth = await rows(`SELECT month("date"), year("date"), count(*) FROM flights
    WHERE origin_state = :state GROUP BY ALL ORDER BY 2, 1 LIMIT 6`);
  const byHour = await rows(`SELECT hour("date"), count(*) FROM flights
    WHERE origin_state = :state GROUP BY 1 ORDER BY 1`);
  const byDelay = await rows(`SELECT origin, avg(delay) AS average FROM flights
    WHERE origin_state = :state GROUP BY 1 ORDER BY average DESC, origin LIMIT 10`);
  const byDistance = await rows(`SELECT (distance // 250) * 250, count(*) FROM flights
    WHERE origin_state = :state GROUP BY 1 ORDER BY 1`);
  const lateShare = await rows(`SELECT origin_state, avg(CASE WHEN delay > 15 THEN 1 ELSE 0 END)
    FROM flights WHERE origin_state = :state GROUP BY 1`);
  const routes =
    await rows(`SELECT origin, destination, count(*) AS flights, avg(delay) FROM flights
    WHERE origin_state = :state GROUP BY 1, 2 ORDER BY flights DESC, origin, destination LIMIT 10`);
  return new Map([
    ['Number of flights', whole(count)],
    ['Average delay', minutes(delay)],
    [
      'Flights by month',
      [
        ['Date (month)', 'Flights'],
        ...byMonth.map(([m, y, n]) => [`${months[m - 1]} ${y}`, whole(n)]),
      ],
    ],
    [
      'Flights by hour of day',
      [['Date (hour)', 'Flights'], ...byHour.map(([h, n]) => [hour(h), whole(n)])],
    ],
    [
      'Average delay by origin, top 10',
      [['Origin', 'Average delay'], ...byDelay.map(([origin, d]) => [origin, minutes(d)])],
    ],
    [
      'Flights by distance (miles)',
      [['Distance', 'Flights'], ...byDistance.map(([low, n]) => [bin(Number(low)), whole(n)])],
    ],
    [
      'Flights over 15 min late by state',
      [['State', 'Over 15 min late'], ...lateShare.map(([s, share]) => [s, percent(share)])],
    ],
    [
      'Top 10 routes',
      [
        ['Origin', 'Destination', 'Flights', 'Average delay'],
        ...routes.map(([from, to, n, d]) => [from, to, whole(n), minutes(d)]),
      ],
    ],
  ]);
}

function whole(number) {
  return String(number).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

function minutes(number) {
  return `${number.toFixed(1)} min`;
}

function percent(fraction) {
  return `${(fraction * 100).toFixed(1)}%`;
}

function hour(number) {
  return `${number % 12 || 12} ${number < 12 ? 'AM' : 'PM'}`;
}

function bin(low) {
  return `${whole(low)}–${whole(low + 250)}`;
}
