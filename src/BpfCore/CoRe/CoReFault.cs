namespace BpfCore.CoRe;

/// <summary>
/// A rule of CO-RE was broken, told without the place: <see cref="CoReRelocator"/> knows program, instruction and
/// candidates, and turns it into a <see cref="BpfRelocationException"/>. It never reaches a user: who compares types
/// outside this folder catches it.
/// </summary>
internal sealed class CoReFault(string problem) : Exception(problem);
