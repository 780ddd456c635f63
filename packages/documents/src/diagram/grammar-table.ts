/**
 * The types of BPMN 2.0, its drawing and its colours, as bpmn-moddle 10 knows them; a test in `@tidemark/bpmn` compares.
 * One line a type: `abstract`? name `<` what it is also `|` its own properties. A name without prefix is of `bpmn:`.
 *
 * `@name` plain text, `@name:b` a boolean, `@name:n` a number, `#name` plain values, `$name` bounds, points or a font,
 * `&name` a reference, `&*name` references, `.name:Type` contains one, `*name:Type` contains many.
 */
export const grammarTable = `
Interface < RootElement | @name *operations:Operation @implementationRef
Operation < BaseElement | @name &inMessageRef &outMessageRef &*errorRef @implementationRef
EndPoint < RootElement |
Auditing < BaseElement |
GlobalTask < CallableElement | *resources:ResourceRole
Monitoring < BaseElement |
Performer < ResourceRole |
Process < FlowElementsContainer CallableElement | @processType @isClosed:b .auditing:Auditing .monitoring:Monitoring *properties:Property *laneSets:LaneSet *flowElements:FlowElement *artifacts:Artifact *resources:ResourceRole *correlationSubscriptions:CorrelationSubscription &*supports &definitionalCollaborationRef @isExecutable:b
LaneSet < BaseElement | *lanes:Lane @name
Lane < BaseElement | @name &partitionElementRef .partitionElement:BaseElement &*flowNodeRef .childLaneSet:LaneSet
GlobalManualTask < GlobalTask |
ManualTask < Task |
UserTask < Task | *renderings:Rendering @implementation
Rendering < BaseElement |
HumanPerformer < Performer |
PotentialOwner < HumanPerformer |
GlobalUserTask < GlobalTask | @implementation *renderings:Rendering
abstract Gateway < FlowNode | @gatewayDirection
EventBasedGateway < Gateway | @instantiate:b @eventGatewayType
ComplexGateway < Gateway | .activationCondition:Expression &default
ExclusiveGateway < Gateway | &default
InclusiveGateway < Gateway | &default
ParallelGateway < Gateway |
abstract RootElement < BaseElement |
Relationship < BaseElement | @type @direction &*source &*target
abstract BaseElement | @id *documentation:Documentation &*extensionDefinitions .extensionElements:ExtensionElements
Extension | @mustUnderstand:b &definition
ExtensionDefinition | @name *extensionAttributeDefinitions:ExtensionAttributeDefinition
ExtensionAttributeDefinition | @name @type @isReference:b &extensionDefinition
ExtensionElements | &valueRef *values:Element &extensionAttributeDefinition
Documentation < BaseElement | @text @textFormat
abstract Event < FlowNode InteractionNode | *properties:Property
IntermediateCatchEvent < CatchEvent |
IntermediateThrowEvent < ThrowEvent |
EndEvent < ThrowEvent |
StartEvent < CatchEvent | @isInterrupting:b
abstract ThrowEvent < Event | *dataInputs:DataInput *dataInputAssociations:DataInputAssociation .inputSet:InputSet *eventDefinitions:EventDefinition &*eventDefinitionRef
abstract CatchEvent < Event | @parallelMultiple:b *dataOutputs:DataOutput *dataOutputAssociations:DataOutputAssociation .outputSet:OutputSet *eventDefinitions:EventDefinition &*eventDefinitionRef
BoundaryEvent < CatchEvent | @cancelActivity:b &attachedToRef
abstract EventDefinition < RootElement |
CancelEventDefinition < EventDefinition |
ErrorEventDefinition < EventDefinition | &errorRef
TerminateEventDefinition < EventDefinition |
EscalationEventDefinition < EventDefinition | &escalationRef
Escalation < RootElement | &structureRef @name @escalationCode
CompensateEventDefinition < EventDefinition | @waitForCompletion:b &activityRef
TimerEventDefinition < EventDefinition | .timeDate:Expression .timeCycle:Expression .timeDuration:Expression
LinkEventDefinition < EventDefinition | @name &target &*source
MessageEventDefinition < EventDefinition | &messageRef &operationRef
ConditionalEventDefinition < EventDefinition | .condition:Expression
SignalEventDefinition < EventDefinition | &signalRef
Signal < RootElement | &structureRef @name
ImplicitThrowEvent < ThrowEvent |
DataState < BaseElement | @name
ItemAwareElement < BaseElement | &itemSubjectRef .dataState:DataState
DataAssociation < BaseElement | &*sourceRef &targetRef .transformation:FormalExpression *assignment:Assignment
DataInput < ItemAwareElement | @name @isCollection:b
DataOutput < ItemAwareElement | @name @isCollection:b
InputSet < BaseElement | @name &*dataInputRefs &*optionalInputRefs &*whileExecutingInputRefs &*outputSetRefs
OutputSet < BaseElement | &*dataOutputRefs @name &*inputSetRefs &*optionalOutputRefs &*whileExecutingOutputRefs
Property < ItemAwareElement | @name
DataInputAssociation < DataAssociation |
DataOutputAssociation < DataAssociation |
InputOutputSpecification < BaseElement | *dataInputs:DataInput *dataOutputs:DataOutput *inputSets:InputSet *outputSets:OutputSet
DataObject < FlowElement ItemAwareElement | @isCollection:b
InputOutputBinding | &inputDataRef &outputDataRef &operationRef
Assignment < BaseElement | .from:Expression .to:Expression
DataStore < RootElement ItemAwareElement | @name @capacity:n @isUnlimited:b
DataStoreReference < ItemAwareElement FlowElement | &dataStoreRef
DataObjectReference < ItemAwareElement FlowElement | &dataObjectRef
ConversationLink < BaseElement | &sourceRef &targetRef @name
ConversationAssociation < BaseElement | &innerConversationNodeRef &outerConversationNodeRef
CallConversation < ConversationNode | &calledCollaborationRef *participantAssociations:ParticipantAssociation
Conversation < ConversationNode |
SubConversation < ConversationNode | *conversationNodes:ConversationNode
abstract ConversationNode < InteractionNode BaseElement | @name &*participantRef &*messageFlowRefs *correlationKeys:CorrelationKey
GlobalConversation < Collaboration |
PartnerEntity < RootElement | @name &*participantRef
PartnerRole < RootElement | @name &*participantRef
CorrelationProperty < RootElement | *correlationPropertyRetrievalExpression:CorrelationPropertyRetrievalExpression @name &type
Error < RootElement | &structureRef @name @errorCode
CorrelationKey < BaseElement | &*correlationPropertyRef @name
Expression < BaseElement | @body
FormalExpression < Expression | @language &evaluatesToTypeRef
Message < RootElement | @name &itemRef
ItemDefinition < RootElement | @itemKind @structureRef @isCollection:b &import
abstract FlowElement < BaseElement | @name .auditing:Auditing .monitoring:Monitoring &*categoryValueRef
SequenceFlow < FlowElement | @isImmediate:b .conditionExpression:Expression &sourceRef &targetRef
abstract FlowElementsContainer < BaseElement | *laneSets:LaneSet *flowElements:FlowElement
abstract CallableElement < RootElement | @name .ioSpecification:InputOutputSpecification &*supportedInterfaceRef *ioBinding:InputOutputBinding
abstract FlowNode < FlowElement | &*incoming &*outgoing
CorrelationPropertyRetrievalExpression < BaseElement | .messagePath:FormalExpression &messageRef
CorrelationPropertyBinding < BaseElement | .dataPath:FormalExpression &correlationPropertyRef
Resource < RootElement | @name *resourceParameters:ResourceParameter
ResourceParameter < BaseElement | @name @isRequired:b &type
CorrelationSubscription < BaseElement | &correlationKeyRef *correlationPropertyBinding:CorrelationPropertyBinding
MessageFlow < BaseElement | @name &sourceRef &targetRef &messageRef
MessageFlowAssociation < BaseElement | &innerMessageFlowRef &outerMessageFlowRef
abstract InteractionNode |
Participant < InteractionNode BaseElement | @name &*interfaceRef .participantMultiplicity:ParticipantMultiplicity &*endPointRefs &processRef
ParticipantAssociation < BaseElement | &innerParticipantRef &outerParticipantRef
ParticipantMultiplicity < BaseElement | @minimum:n @maximum:n
Collaboration < RootElement | @name @isClosed:b *participants:Participant *messageFlows:MessageFlow *artifacts:Artifact *conversations:ConversationNode .conversationAssociations:ConversationAssociation *participantAssociations:ParticipantAssociation *messageFlowAssociations:MessageFlowAssociation *correlationKeys:CorrelationKey &*choreographyRef *conversationLinks:ConversationLink
abstract ChoreographyActivity < FlowNode | &*participantRef &initiatingParticipantRef *correlationKeys:CorrelationKey @loopType
CallChoreography < ChoreographyActivity | &calledChoreographyRef *participantAssociations:ParticipantAssociation
SubChoreography < ChoreographyActivity FlowElementsContainer | *artifacts:Artifact
ChoreographyTask < ChoreographyActivity | &*messageFlowRef
Choreography < Collaboration FlowElementsContainer |
GlobalChoreographyTask < Choreography | &initiatingParticipantRef
TextAnnotation < Artifact | @text @textFormat
Group < Artifact | &categoryValueRef
Association < Artifact | @associationDirection &sourceRef &targetRef
Category < RootElement | *categoryValue:CategoryValue @name
abstract Artifact < BaseElement |
CategoryValue < BaseElement | @value
abstract Activity < FlowNode | @isForCompensation:b &default .ioSpecification:InputOutputSpecification &*boundaryEventRefs *properties:Property *dataInputAssociations:DataInputAssociation *dataOutputAssociations:DataOutputAssociation @startQuantity:n *resources:ResourceRole @completionQuantity:n .loopCharacteristics:LoopCharacteristics
ServiceTask < Task | @implementation &operationRef
SubProcess < Activity FlowElementsContainer InteractionNode | @triggeredByEvent:b *artifacts:Artifact
abstract LoopCharacteristics < BaseElement |
MultiInstanceLoopCharacteristics < LoopCharacteristics | @isSequential:b @behavior .loopCardinality:Expression &loopDataInputRef &loopDataOutputRef .inputDataItem:DataInput .outputDataItem:DataOutput *complexBehaviorDefinition:ComplexBehaviorDefinition .completionCondition:Expression &oneBehaviorEventRef &noneBehaviorEventRef
StandardLoopCharacteristics < LoopCharacteristics | @testBefore:b .loopCondition:Expression @loopMaximum:n
CallActivity < Activity InteractionNode | @calledElement
Task < Activity InteractionNode |
SendTask < Task | @implementation &operationRef &messageRef
ReceiveTask < Task | @implementation @instantiate:b &operationRef &messageRef
ScriptTask < Task | @scriptFormat @script
BusinessRuleTask < Task | @implementation
AdHocSubProcess < SubProcess | .completionCondition:Expression @ordering @cancelRemainingInstances:b
Transaction < SubProcess | @protocol @method
GlobalScriptTask < GlobalTask | @scriptLanguage @script
GlobalBusinessRuleTask < GlobalTask | @implementation
ComplexBehaviorDefinition < BaseElement | .condition:FormalExpression .event:ImplicitThrowEvent
ResourceRole < BaseElement | &resourceRef *resourceParameterBindings:ResourceParameterBinding .resourceAssignmentExpression:ResourceAssignmentExpression @name
ResourceParameterBinding < BaseElement | .expression:Expression &parameterRef
ResourceAssignmentExpression < BaseElement | .expression:Expression
Import | @importType @location @namespace
Definitions < BaseElement | @name @targetNamespace @expressionLanguage @typeLanguage *imports:Import *extensions:Extension *rootElements:RootElement *diagrams:bpmndi:BPMNDiagram @exporter *relationships:Relationship @exporterVersion
bpmndi:BPMNDiagram < di:Diagram | .plane:bpmndi:BPMNPlane *labelStyle:bpmndi:BPMNLabelStyle
bpmndi:BPMNPlane < di:Plane | &bpmnElement
bpmndi:BPMNShape < di:LabeledShape | &bpmnElement @isHorizontal:b @isExpanded:b @isMarkerVisible:b .label:bpmndi:BPMNLabel @isMessageVisible:b @participantBandKind &choreographyActivityShape @stroke @fill @background-color @border-color
bpmndi:BPMNEdge < di:LabeledEdge | .label:bpmndi:BPMNLabel &bpmnElement &sourceElement &targetElement @messageVisibleKind @stroke @fill @border-color
bpmndi:BPMNLabel < di:Label | &labelStyle @color
bpmndi:BPMNLabelStyle < di:Style | $font
dc:Font | @name @size:n @isBold:b @isItalic:b @isUnderline:b @isStrikeThrough:b
dc:Point | @x:n @y:n
dc:Bounds | @x:n @y:n @width:n @height:n
abstract di:DiagramElement | @id .extension:di:Extension
abstract di:Node < di:DiagramElement |
abstract di:Edge < di:DiagramElement | $waypoint
abstract di:Diagram | @id @name @documentation @resolution:n
abstract di:Shape < di:Node | $bounds
abstract di:Plane < di:Node | *planeElement:di:DiagramElement
abstract di:LabeledEdge < di:Edge |
abstract di:LabeledShape < di:Shape |
abstract di:Label < di:Node | $bounds
abstract di:Style | @id
di:Extension | *values:Element
`;
