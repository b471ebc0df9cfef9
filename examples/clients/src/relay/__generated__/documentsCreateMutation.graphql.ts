/**
 * @generated SignedSource<<bc8d30665584d182a317f06800bb7d51>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import type { ConcreteRequest } from 'relay-runtime';
export type CreateTrackingInput = {
  accountNumber?: string | null | undefined;
  autoCorrectCarrier?: boolean | null | undefined;
  carrierCode: string;
  comment?: string | null | undefined;
  customerEmail?: string | null | undefined;
  customerName?: string | null | undefined;
  customerPhone?: string | null | undefined;
  destinationCountryCode?: string | null | undefined;
  language?: string | null | undefined;
  logisticsChannel?: string | null | undefined;
  orderCreatedAt?: string | null | undefined;
  orderId?: string | null | undefined;
  postalCode?: string | null | undefined;
  shipDate?: string | null | undefined;
  specialDestination?: string | null | undefined;
  title?: string | null | undefined;
  trackingNumber: string;
};
export type documentsCreateMutation$variables = {
  input: CreateTrackingInput;
};
export type documentsCreateMutation$data = {
  readonly createTracking: {
    readonly __typename: "CreateTrackingPayload";
    readonly tracking: {
      readonly id: string;
      readonly title: string | null | undefined;
    };
  } | {
    readonly __typename: "TrackingAlreadyExistsError";
    readonly existing: {
      readonly title: string | null | undefined;
    } | null | undefined;
    readonly message: string;
  } | {
    // This will never be '%other', but we need some
    // value in case none of the concrete values match.
    readonly __typename: "%other";
  };
};
export type documentsCreateMutation = {
  response: documentsCreateMutation$data;
  variables: documentsCreateMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "__typename",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "title",
  "storageKey": null
},
v5 = {
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
        (v3/*:: as any*/),
        (v4/*:: as any*/)
      ],
      "storageKey": null
    }
  ],
  "type": "CreateTrackingPayload",
  "abstractKey": null
},
v6 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "message",
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "documentsCreateMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "createTracking",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v5/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              (v6/*:: as any*/),
              {
                "alias": "existing",
                "args": null,
                "concreteType": "Tracking",
                "kind": "LinkedField",
                "name": "tracking",
                "plural": false,
                "selections": [
                  (v4/*:: as any*/)
                ],
                "storageKey": null
              }
            ],
            "type": "TrackingAlreadyExistsError",
            "abstractKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "documentsCreateMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "createTracking",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v5/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              (v6/*:: as any*/),
              {
                "alias": "existing",
                "args": null,
                "concreteType": "Tracking",
                "kind": "LinkedField",
                "name": "tracking",
                "plural": false,
                "selections": [
                  (v4/*:: as any*/),
                  (v3/*:: as any*/)
                ],
                "storageKey": null
              }
            ],
            "type": "TrackingAlreadyExistsError",
            "abstractKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "95f69e3d01f9feff480613b941edbe46",
    "id": null,
    "metadata": {},
    "name": "documentsCreateMutation",
    "operationKind": "mutation",
    "text": "mutation documentsCreateMutation(\n  $input: CreateTrackingInput!\n) {\n  createTracking(input: $input) {\n    __typename\n    ... on CreateTrackingPayload {\n      tracking {\n        id\n        title\n      }\n    }\n    ... on TrackingAlreadyExistsError {\n      message\n      existing: tracking {\n        title\n        id\n      }\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "fa454183e20c0205eda222d14c6dc518";

export default node;
