// Keeps the wall fresh: reads wall.json every two seconds and writes what has changed into the page.
"use strict";
(() => {
  const PAUSE = 2000;
  const from = document.body.dataset.from;
  const silent = Number(document.body.dataset.silent) * 1000;
  const leafing = Number(document.body.dataset.turn) * 1000;
  const by = (id) => document.getElementById(id);
  let shown = "", wall = null, heard = Date.now(), turn = 0;

  const made = (name, text, kind) => {
    const element = document.createElement(name);
    element.textContent = text || "";
    if (kind) element.className = kind;
    return element;
  };

  const entry = (one) => {
    const item = made("li", "", one.on ? "on" : "");
    item.append(made("b", one.mark), made("span", one.title), made("em", one.text));
    return item;
  };

  const part = (one) => {
    const section = made("section");
    section.id = one.id;
    const head = made("h2"), list = made("ul");
    head.append(made("span", one.title), made("i"));
    list.tabIndex = -1;
    list.append(...one.entries.map(entry));
    section.append(head, list, made("p", one.rest));
    return section;
  };

  // What does not fit is shown a page at a time; each list keeps its place meanwhile.
  const leaf = () => {
    const lists = [...document.querySelectorAll("main ul")];
    for (const list of lists) {
      list.style.height = "";
      for (const item of list.children) item.hidden = false;
    }
    const places = lists.map((list) => list.clientHeight);
    lists.forEach((list, number) => {
      const count = list.previousElementSibling.querySelector("i");
      count.textContent = "";
      if (getComputedStyle(list).overflowY !== "hidden" || list.scrollHeight <= places[number] + 2) return;
      list.style.height = `${places[number]}px`;
      const pages = [[]];
      let full = 0;
      for (const item of list.children) {
        const high = item.getBoundingClientRect().height + parseFloat(getComputedStyle(item).marginBottom);
        if (full + high > places[number] + 4 && pages.at(-1).length) {
          pages.push([]);
          full = 0;
        }
        pages.at(-1).push(item);
        full += high;
      }
      const page = turn % pages.length;
      pages.forEach((items, n) => { for (const item of items) item.hidden = n !== page; });
      if (pages.length > 1) count.textContent = `${page + 1}/${pages.length}`;
    });
  };

  const time = (at) => {
    try {
      return new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: wall?.zone }).format(at);
    } catch {
      return new Date(at).toISOString().slice(11, 16) + " UTC";
    }
  };

  const write = () => {
    by("name").firstElementChild.textContent = wall.name;
    by("day").textContent = wall.day;
    by("foot").textContent = wall.foot;
    document.title = `${wall.name}: the wall`;
    by("left").replaceChildren(...wall.left.map(part));
    by("right").replaceChildren(...wall.right.map(part));
    leaf();
  };

  const say = (text) => {
    if (by("lost").textContent !== text) by("lost").textContent = text;
  };

  const look = async () => {
    try {
      // Servers tell versions apart by whole seconds and sizes; two walls can share both.
      const answer = await fetch(from, { cache: "no-store", signal: AbortSignal.timeout(5000) });
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      const there = Date.parse(answer.headers.get("date") || "") || Date.now();
      const read = JSON.parse(text);
      wall = read;
      heard = Date.now();
      by("clock").firstElementChild.textContent = time(there);
      const news = JSON.stringify([read.name, read.day, read.left, read.right, read.foot]);
      if (news !== shown) {
        shown = news;
        write();
      }
      const at = Date.parse(read.at);
      say(read.live && there - at > silent ? `No news since ${time(at)}` : "");
    } catch {
      if (Date.now() - heard > 2 * PAUSE) say(`Server lost since ${time(heard)}`);
    }
    setTimeout(look, PAUSE);
  };

  leaf();
  addEventListener("resize", leaf);
  setInterval(() => { turn += 1; leaf(); }, leafing);
  look();
})();
