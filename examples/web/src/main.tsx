import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { cacheExchange, Client, fetchExchange, Provider } from 'urql';
import { Board } from './Board.tsx';
import './board.css';

const client = new Client({ url: '/graphql', preferGetMethod: false, exchanges: [cacheExchange, fetchExchange] });

const place = document.getElementById('board');
if (!place) throw new Error('index.html has no place for the board');
createRoot(place).render(
  <StrictMode>
    <Provider value={client}>
      <Board />
    </Provider>
  </StrictMode>,
);
