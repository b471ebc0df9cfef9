/**
 * @generated SignedSource<<b70f5e3ddf61c24b7600f1444737e403>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ReaderFragment } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type documents_parcel$data = {
  readonly id: string;
  readonly title: string | null | undefined;
  readonly " $fragmentType": "documents_parcel";
};
export type documents_parcel$key = {
  readonly " $data"?: documents_parcel$data;
  readonly " $fragmentSpreads": FragmentRefs<"documents_parcel">;
};

import documentsParcelRefetchQuery_graphql from './documentsParcelRefetchQuery.graphql';

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": {
    "refetch": {
      "connection": null,
      "fragmentPathInResult": [
        "node"
      ],
      "operation": documentsParcelRefetchQuery_graphql,
      "identifierInfo": {
        "identifierField": "id",
        "identifierQueryVariableName": "id"
      }
    }
  },
  "name": "documents_parcel",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "id",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "title",
      "storageKey": null
    }
  ],
  "type": "Tracking",
  "abstractKey": null
};

(node as any).hash = "be5753132085cfd81ff542cdf25bdc9f";

export default node;
