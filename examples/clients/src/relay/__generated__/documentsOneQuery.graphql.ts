/**
 * @generated SignedSource<<20ad8f4c0308cb2a5de1cf4ea4da92cb>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type TrackingStatus = "DELIVERED" | "EXCEPTION" | "EXPIRED" | "INFO_RECEIVED" | "IN_TRANSIT" | "NOT_FOUND" | "PENDING" | "PICKUP" | "UNDELIVERED" | "UNKNOWN" | "%future added value";
export type documentsOneQuery$variables = {
  carrierCode: string;
  trackingNumber: string;
};
export type documentsOneQuery$data = {
  readonly tracking: {
    readonly id: string;
    readonly status: TrackingStatus;
    readonly title: string | null | undefined;
  } | null | undefined;
};
export type documentsOneQuery = {
  response: documentsOneQuery$data;
  variables: documentsOneQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "carrierCode"
  },
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "trackingNumber"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "carrierCode",
        "variableName": "carrierCode"
      },
      {
        "kind": "Variable",
        "name": "trackingNumber",
        "variableName": "trackingNumber"
      }
    ],
    "concreteType": "Tracking",
    "kind": "LinkedField",
    "name": "tracking",
    "plural": false,
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
      },
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "status",
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "documentsOneQuery",
    "selections": (v1/*:: as any*/),
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "documentsOneQuery",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "cacheID": "a69dec4e1b946f33af0d1001942ad614",
    "id": null,
    "metadata": {},
    "name": "documentsOneQuery",
    "operationKind": "query",
    "text": "query documentsOneQuery(\n  $carrierCode: String!\n  $trackingNumber: String!\n) {\n  tracking(carrierCode: $carrierCode, trackingNumber: $trackingNumber) {\n    id\n    title\n    status\n  }\n}\n"
  }
};
})();

(node as any).hash = "af20dbb5399070ab85170acf060e0780";

export default node;
