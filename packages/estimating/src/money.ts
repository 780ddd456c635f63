/** Ten-thousandths of the currency's unit, a safe integer: 123456 is 12.3456 dollars, or yen. */
export type Money = number;
