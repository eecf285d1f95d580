// Seat cards are told once, when seats are issued; this tab keeps them until it is closed, so that neither a reload nor
// another page of the console loses them.

const kept = (workshop) => `mufakat/cards/${workshop}`;

export function cardsOf(workshop) {
  return JSON.parse(sessionStorage.getItem(kept(workshop)) || "[]");
}

export function keepCards(workshop, cards) {
  const known = new Map([...cardsOf(workshop), ...cards].map(({ seat, group, code, secret }) => [seat, { seat, group, code, secret }]));
  sessionStorage.setItem(kept(workshop), JSON.stringify([...known.values()]));
}
