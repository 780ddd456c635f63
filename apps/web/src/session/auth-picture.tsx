const bars = [34, 52, 44, 70, 58, 84, 76];

/** A dashboard with two people in it, drawn by hand. */
export function AuthPicture() {
  return (
    <svg viewBox="0 0 600 400" role="presentation">
      <rect x="20" y="24" width="560" height="352" rx="16" fill="#fff" opacity="0.08" />
      <rect x="32" y="36" width="536" height="328" rx="12" fill="#f7fbfc" />
      <rect x="52" y="54" width="120" height="10" rx="5" fill="#c3d5db" />
      <circle cx="528" cy="59" r="10" fill="#c2571a" />
      <circle cx="510" cy="59" r="10" fill="#6a4fb5" stroke="#f7fbfc" strokeWidth="2" />
      <g>
        <rect x="52" y="84" width="300" height="150" rx="9" fill="#fff" stroke="#6a4fb5" strokeWidth="2" />
        <rect x="68" y="98" width="84" height="8" rx="4" fill="#d5e1e5" />
        <path
          d="M68 206c22-6 30-40 54-36s30 22 52 6 28-48 52-44 30 26 52 14 26-34 58-40"
          fill="none"
          stroke="#0e6379"
          strokeWidth="3.500"
          strokeLinecap="round"
        />
        <path
          d="M68 214c24 2 36-18 58-20s34 12 56 4 30-24 52-22 32 12 50 6 28-14 52-12"
          fill="none"
          stroke="#d98a2b"
          strokeWidth="3"
          strokeLinecap="round"
        />
        <path d="M52 84h66v-14a6 6 0 0 0-6-6H58a6 6 0 0 0-6 6z" fill="#6a4fb5" />
        <text x="62" y="78" fill="#fff" fontSize="11" fontWeight="600">
          Ana Diaz
        </text>
      </g>
      <g>
        <rect x="368" y="84" width="180" height="150" rx="9" fill="#fff" stroke="#dde7ea" />
        <rect x="384" y="98" width="60" height="8" rx="4" fill="#d5e1e5" />
        {bars.map((height, index) => (
          <rect
            key={height}
            x={384 + index * 22}
            y={218 - height}
            width="14"
            height={height}
            rx="3"
            fill={index === 5 ? '#0e6379' : '#8cc4d1'}
          />
        ))}
      </g>
      <g>
        <rect x="52" y="250" width="144" height="98" rx="9" fill="#fff" stroke="#dde7ea" />
        <rect x="68" y="266" width="58" height="8" rx="4" fill="#d5e1e5" />
        <text x="68" y="318" fontSize="32" fontWeight="680" letterSpacing="-1" fill="#16212a">
          1,461
        </text>
        <rect x="212" y="250" width="336" height="98" rx="9" fill="#fff" stroke="#dde7ea" />
        <rect x="228" y="266" width="90" height="8" rx="4" fill="#d5e1e5" />
        <path d="M228 332c40-4 50-34 90-34s52 26 92 18 50-36 122-32v50H228z" fill="#d8ecf1" />
        <path
          d="M228 332c40-4 50-34 90-34s52 26 92 18 50-36 122-32"
          fill="none"
          stroke="#17778f"
          strokeWidth="3"
        />
      </g>
      <g>
        <path d="M300 176l0 24 6-6 5 11 5-2-5-11h9z" fill="#6a4fb5" stroke="#fff" strokeWidth="1.500" />
        <path d="M470 290l0 24 6-6 5 11 5-2-5-11h9z" fill="#c2571a" stroke="#fff" strokeWidth="1.500" />
        <rect x="486" y="316" width="70" height="20" rx="6" fill="#c2571a" />
        <text x="495" y="330" fill="#fff" fontSize="11" fontWeight="600">
          Tom Reed
        </text>
      </g>
    </svg>
  );
}
