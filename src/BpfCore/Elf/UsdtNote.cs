namespace BpfCore.Elf;

/// <summary>A probe that the author of a program put into it, as a note of the file describes it.</summary>
/// <param name="Provider">Who provides it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Where its arguments are: <c>-4@%eax 8@-16(%rbp)</c>, in the words of the assembler.</param>
/// <param name="Address">Its address in the program.</param>
/// <param name="SemaphoreAddress">Address of its counter; 0 for none.</param>
internal sealed record UsdtNote(
    string Provider, string Name, string Arguments, ulong Address, ulong SemaphoreAddress);
