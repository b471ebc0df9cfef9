/**
 * @generated SignedSource<<40ed7f2b8c9c0c0d510386ceddb9dff9>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type TrackingStatusOverride = "DELIVERED" | "EXCEPTION" | "ORIGINAL" | "%future added value";
export type UpdateTrackingInput = {
  archived?: boolean | null | undefined;
  customerEmail?: string | null | undefined;
  customerName?: string | null | undefined;
  customerPhone?: string | null | undefined;
  destinationCountryCode?: string | null | undefined;
  logisticsChannel?: string | null | undefined;
  orderId?: string | null | undefined;
  status?: TrackingStatusOverride | null | undefined;
  title?: string | null | undefined;
};
export type documentsUpdateMutation$variables = {
  carrierCode: string;
  input: UpdateTrackingInput;
  trackingNumber: string;
};
export type documentsUpdateMutation$data = {
  readonly updateTracking: {
    readonly __typename: "UpdateTrackingPayload";
    readonly tracking: {
      readonly id: string;
      readonly title: string | null | undefined;
    };
  } | {
    // This will never be '%other', but we need some
    // value in case none of the concrete values match.
    readonly __typename: "%other";
  };
};
export type documentsUpdateMutation = {
  response: documentsUpdateMutation$data;
  variables: documentsUpdateMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "carrierCode"
},
v1 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "input"
},
v2 = {
  "defaultValue": null,
  "kind": "LocalArgument",
  "name": "trackingNumber"
},
v3 = [
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
        "name": "input",
        "variableName": "input"
      },
      {
        "kind": "Variable",
        "name": "trackingNumber",
        "variableName": "trackingNumber"
      }
    ],
    "concreteType": null,
    "kind": "LinkedField",
    "name": "updateTracking",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "__typename",
        "storageKey": null
      },
      {
        "kind": "InlineFragment",
        "selections": [
          {
            "alias": null,
            "args": null,
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
              }
            ],
            "storageKey": null
          }
        ],
        "type": "UpdateTrackingPayload",
        "abstractKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v1/*:: as any*/),
      (v2/*:: as any*/)
    ],
    "kind": "Fragment",
    "metadata": null,
    "name": "documentsUpdateMutation",
    "selections": (v3/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [
      (v0/*:: as any*/),
      (v2/*:: as any*/),
      (v1/*:: as any*/)
    ],
    "kind": "Operation",
    "name": "documentsUpdateMutation",
    "selections": (v3/*:: as any*/)
  },
  "params": {
    "cacheID": "01ed585af4ac742710b41afb05f33fc5",
    "id": null,
    "metadata": {},
    "name": "documentsUpdateMutation",
    "operationKind": "mutation",
    "text": "mutation documentsUpdateMutation(\n  $carrierCode: String!\n  $trackingNumber: String!\n  $input: UpdateTrackingInput!\n) {\n  updateTracking(carrierCode: $carrierCode, trackingNumber: $trackingNumber, input: $input) {\n    __typename\n    ... on UpdateTrackingPayload {\n      tracking {\n        id\n        title\n      }\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "2f2c6afab1a9a7367866f6b387182746";

export default node;
